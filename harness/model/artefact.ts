/** What a gatherer brings back: a value, or the reason why there is none. An error is data, never a missing key. */
import { z } from 'zod';

export const artefactErrorSchema = z.strictObject({ code: z.string(), message: z.string() });

/** The schema of an artefact that carries a `value` of the given schema. */
export function artefactSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: artefactErrorSchema }),
  ]);
}

export type Artefact<T> = { ok: true; value: T } | { ok: false; error: z.infer<typeof artefactErrorSchema> };

/** Wraps a value that was gathered. */
export function gathered<T>(value: T): Artefact<T> {
  return { ok: true, value };
}

/** Wraps the reason why nothing was gathered. */
export function notGathered(code: string, message: string): { ok: false; error: { code: string; message: string } } {
  return { ok: false, error: { code, message } };
}
