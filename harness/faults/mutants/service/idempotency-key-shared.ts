/** Orders remembered by their idempotency key alone. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'idempotency-key-shared',
  layer: 'service',
  title:
    'orders are remembered by idempotency key alone: another tenant with the same key is shown the first one’s order',
  claim: 'SEC-ISO',
  guarantee: 'An idempotency key means something within its tenant only.',
  seenIn:
    'IETF draft "The Idempotency-Key HTTP Header Field", security considerations, on keys that others may guess or reuse: kept without whose they are, one client is given another’s answer.',
  replacements: [
    {
      file: 'routes/register-order-placement.ts',
      pattern: "const tags = ['orders'];",
      replacement: "const tags = ['orders'];\nconst placements = new Map<string, Placement>();",
    },
    {
      file: 'routes/register-order-placement.ts',
      pattern: 'const { order, created } = await placeOrder(database, principalOf(request), key, request.body);',
      replacement: `const known = placements.get(key);
      const { order, created } =
        known === undefined
          ? await placeOrder(database, principalOf(request), key, request.body)
          : { order: known.order, created: false };
      placements.set(key, { order, created });`,
    },
  ],
} satisfies Mutant;
