/** A build of the service that is compared: what a person named, and what exactly was run for it. */
import { z } from 'zod';

export const buildSchema = z.strictObject({
  ref: z.string().describe('As it was named: a git revision, a folder or a URL.'),
  kind: z.enum(['revision', 'folder', 'url']),
  commit: z.string().nullable().describe('Full hash; null for a URL and for a folder outside git.'),
  dirty: z.boolean().describe('A folder with changes that are not committed.'),
  contentHash: z.string().nullable().describe('SHA-256 of the program that ran; null for a URL.'),
  regression: z
    .string()
    .nullable()
    .describe('Id of a regression that selftest planted; null in every real comparison.'),
});
export type Build = z.infer<typeof buildSchema>;

export const comparedBuildsSchema = z.strictObject({ base: buildSchema, candidate: buildSchema });
export type ComparedBuilds = z.infer<typeof comparedBuildsSchema>;
