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

/** Whose thresholds.json decides. The candidate's never does: it would be judged by what it brings along. */
export const comparedPolicySchema = z.strictObject({
  of: z
    .enum(['base', 'project', 'file'])
    .describe('The base; the project that signoff runs in, where the base has none to be read; a file that was named.'),
  whyNotBase: z.string().nullable().describe('null where it is the base’s, where a file was named, and of URLs.'),
  differs: z.array(z.string()).describe('What the deciding one has otherwise than the base’s.'),
  candidateChanges: z.array(z.string()).describe('What the candidate’s has otherwise than the base’s.'),
});
export type ComparedPolicy = z.infer<typeof comparedPolicySchema>;

export const comparedBuildsSchema = z.strictObject({
  base: buildSchema,
  candidate: buildSchema,
  policy: comparedPolicySchema
    .optional()
    .describe('By which it was measured and first judged; absent in selftest and in runs of earlier versions.'),
});
export type ComparedBuilds = z.infer<typeof comparedBuildsSchema>;
