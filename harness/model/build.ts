/** A build of the service that is compared: what a person named, and what exactly was run for it. */
import { z } from 'zod';

export const buildSchema = z.strictObject({
  ref: z
    .string()
    .describe(
      'As it was named: a git revision or a URL; a folder as seen from the project, outside it by its name alone.',
    ),
  kind: z.enum(['revision', 'folder', 'url']),
  commit: z.string().nullable().describe('Full hash; null for a URL and for a folder outside git.'),
  dirty: z
    .boolean()
    .nullable()
    .describe('A folder with changes that are not committed; null where that is not known: outside git, and of a URL.'),
  contentHash: z.string().nullable().describe('SHA-256 of the program that ran; null for a URL.'),
  regression: z
    .string()
    .nullable()
    .describe('Id of a regression that selftest planted; null in every real comparison.'),
});
export type Build = z.infer<typeof buildSchema>;

export const comparedBuildsSchema = z.strictObject({ base: buildSchema, candidate: buildSchema });
export type ComparedBuilds = z.infer<typeof comparedBuildsSchema>;
