/** What Redis has said, remembered for everybody. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'near-cache-shared',
  layer: 'service',
  title:
    'what was read from Redis is remembered in the process for a moment, by the kind of value and without the tenant',
  claim: 'SEC-ISO',
  guarantee: 'Whatever keeps an answer keeps it for the tenant it was made for, in every place where it is kept.',
  seenIn:
    'A second, nearer cache in front of the first, keyed by what the caller names, where only the first one knows of tenants; CWE-524, use of a cache that holds sensitive information.',
  mustBeSeenBy: ['redis'],
  replacements: [
    {
      file: 'cache/tenant-cache.ts',
      pattern:
        'return {\n    async read(tenantId, kind, ids) {\n      try {\n        return await redis.mget(ids.map((id) => tenantKey(tenantId, kind, id)));',
      replacement: `const near = new Map<string, { untilMs: number; values: (string | null)[] }>();
  return {
    async read(tenantId, kind, ids) {
      const name = [kind, ...ids].join();
      const known = near.get(name);
      if (known !== undefined && known.untilMs > Date.now()) return known.values;
      try {
        const values = await redis.mget(ids.map((id) => tenantKey(tenantId, kind, id)));
        if (!values.includes(null)) near.set(name, { untilMs: Date.now() + 3_000, values });
        return values;`,
    },
  ],
} satisfies Mutant;
