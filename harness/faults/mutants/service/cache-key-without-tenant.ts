/** Cache keys that all tenants share. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cache-key-without-tenant',
  layer: 'service',
  title: 'keys in Redis hold no tenant: whoever asks first fills the cache for all',
  claim: 'SEC-ISO',
  guarantee: 'Every key in Redis begins with the tenant whose value it holds.',
  seenIn:
    'Steam, 25 December 2015: a caching rule that did not tell users apart showed pages of some 34,000 of them to others. CWE-524, use of a cache that holds sensitive information.',
  mustBeSeenBy: ['api', 'redis'],
  replacements: [{ file: 'cache/tenant-key.ts', pattern: '`tenant:${tenantId}:', replacement: '`tenant:all:' }],
} satisfies Mutant;
