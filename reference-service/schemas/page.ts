/** Pages of a list: how many, after which row, and the cursor that names it. */
import { z } from 'zod';

const maximumLimit = 200;
const defaultLimit = 50;

const limitSchema = z.coerce.number().int().min(1).max(maximumLimit).default(defaultLimit);

/** A text that a key of this kind may be, so that a cursor that was tampered with is a bad request, not an SQL error. */
const keyPatterns = {
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  integer: /^\d{1,18}$/,
  text: /^[^\0]{1,320}$/,
} as const;

export type KeyKind = keyof typeof keyPatterns;

/** A cursor is opaque to callers: the key values of a page's last row. It carries no rights: the policy still decides. */
export function encodeCursor(keys: string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

function decodeCursor(text: string, kinds: KeyKind[]): string[] | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(keys) || keys.length !== kinds.length) return null;
    const valid = keys.every((key, index): key is string => {
      const kind = kinds[index];
      if (typeof key !== 'string' || kind === undefined || !keyPatterns[kind].test(key)) return false;
      return kind !== 'time' || !Number.isNaN(Date.parse(key));
    });
    return valid ? keys : null;
  } catch {
    // Not JSON: as invalid as any other text that is no cursor.
    return null;
  }
}

/** The query parameters of a list whose rows are ordered by keys of the given kinds. */
export function pageQuery(...kinds: KeyKind[]) {
  return z.strictObject({
    limit: limitSchema,
    cursor: z
      .string()
      .max(1000)
      .transform((text, context) => {
        const keys = decodeCursor(text, kinds);
        if (keys !== null) return keys;
        context.addIssue({ code: 'custom', message: 'expected the nextCursor of a page' });
        return z.NEVER;
      })
      .optional()
      .transform((cursor) => cursor ?? null),
  });
}

/** The envelope of every list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Cuts the one row too many off and makes the cursor of the page that follows, if one does. */
export function toPage<Row>(rows: Row[], limit: number, keysOf: (row: Row) => string[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null;
  return { items, nextCursor };
}
