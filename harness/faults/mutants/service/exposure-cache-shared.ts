/** One tenant’s cached sum for all. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'exposure-cache-shared',
  layer: 'service',
  title: 'the cached exposure is kept under a key of no tenant; every other key has one',
  claim: 'SEC-ISO',
  guarantee: 'What is computed for a tenant is cached for that tenant.',
  seenIn:
    'Steam, 25 December 2015: cached pages of one user shown to others. A value that looks global, such as an aggregate, is where the tenant is left out of the key.',
  mustBeSeenBy: ['redis'],
  replacements: [
    {
      file: 'routes/register-exposure.ts',
      pattern: "cache.read(tenantId, 'exposure'",
      replacement: "cache.read('00000000-0000-0000-0000-000000000000', 'exposure'",
    },
    {
      file: 'routes/register-exposure.ts',
      pattern: "cache.write(tenantId, 'exposure'",
      replacement: "cache.write('00000000-0000-0000-0000-000000000000', 'exposure'",
    },
  ],
} satisfies Mutant;
