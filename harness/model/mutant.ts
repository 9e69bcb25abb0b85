/** A mutant: a small declared defect of the system's isolation, planted to see which probe notices. One file each, data only. */
import { z } from 'zod';
import { type ProbeLayer, probeLayerSchema } from './probe-layer.ts';

export const mutantLayers = ['postgres', 'redis', 'vault', 'service'] as const;
export const mutantLayerSchema = z.enum(mutantLayers);
export type MutantLayer = z.infer<typeof mutantLayerSchema>;

/** Where a text holds this, the change is made once for each tenant of the data, with its id in place. */
export const tenantIdPlaceholder = '{{tenantId}}';

/**
 * Stands for a whole file below reference-service/, so that a revert brings back what the service's own provisioning writes:
 * `{{file:vault/tenant.hcl}}`. Where that file names a tenant, the rule above holds.
 */
export const filePlaceholder = /\{\{file:([^{}]+)\}\}/g;

const vaultRequestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'LIST']),
  path: z.string().describe('Below /v1/, for instance sys/policies/acl/alphapulse.'),
  body: z.record(z.string(), z.unknown()).optional(),
});
export type VaultRequest = z.infer<typeof vaultRequestSchema>;

const about = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens'),
  title: z.string().min(1).describe('What is wrong with the system once it is planted.'),
  claim: z.enum(['SEC-ISO', 'SEC-AUTHN', 'SEC-AUTHZ']).describe('That must catch it.'),
  guarantee: z.string().min(1).describe('What it breaks: the rule that held before.'),
  seenIn: z.string().min(1).describe('Where such a bug has been seen: an advisory, an incident, a documented pitfall.'),
  coveredBy: z
    .string()
    .optional()
    .describe(
      'The layer that hides it from users, where one does: defence in depth. A probe of its own layer must see it.',
    ),
  mustBeSeenBy: z
    .array(probeLayerSchema)
    .min(1)
    .optional()
    .describe(
      'Layers of probes, each of which must see it by itself, however early another one does; they are asked first. Left out: any one will do.',
    ),
  configurationOnly: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Reviewed reason why no behaviour shows it, where only probes that compare the configuration with its declaration can.',
    ),
  equivalent: z
    .string()
    .optional()
    .describe(
      'Reviewed reason why it changes nothing that anybody could observe; it is then neither killed nor a survivor.',
    ),
};

export const mutantSchema = z.discriminatedUnion('layer', [
  z.strictObject({
    ...about,
    layer: z.literal('postgres'),
    apply: z.array(z.string()).min(1).describe('Statements, in one transaction, as the superuser.'),
    revert: z.array(z.string()).min(1),
  }),
  z.strictObject({
    ...about,
    layer: z.literal('redis'),
    apply: z.array(z.array(z.string()).min(1)).min(1).describe('Commands with their arguments, as the administrator.'),
    revert: z.array(z.array(z.string()).min(1)).min(1),
  }),
  z.strictObject({
    ...about,
    layer: z.literal('vault'),
    apply: z.array(vaultRequestSchema).min(1).describe('Requests with the root token.'),
    revert: z.array(vaultRequestSchema).min(1),
  }),
  z.strictObject({
    ...about,
    layer: z.literal('service'),
    arm: z
      .literal('filter')
      .optional()
      .describe(
        'Where the policies cover the defect: the service that holds it runs in this arm, whose role they do not bind, so that the probes see the service’s own filter alone. Left out: as in production.',
      ),
    replacements: z
      .array(
        z.strictObject({
          file: z.string().describe('Path below reference-service/.'),
          pattern: z.string().min(1).describe('Must be there exactly once.'),
          replacement: z.string(),
        }),
      )
      .min(1),
  }),
]);
export type Mutant = z.infer<typeof mutantSchema>;

/** Which probes reach the layer of a mutant by themselves, beside those through the API. */
export const ownProbeLayers: Record<MutantLayer, readonly ProbeLayer[]> = {
  postgres: ['sql', 'pool'],
  redis: ['redis'],
  vault: ['vault'],
  service: ['api', 'pool', 'telemetry'],
};
