import { expect, it } from 'vitest';
import type { ProbeCount } from '../../model/measurement.ts';
import { addCounts } from './add-counts.ts';

const count = (changes: Partial<ProbeCount> = {}): ProbeCount => ({
  layer: 'sql',
  claim: 'SEC-ISO',
  probe: 'sql: select trades of another tenant',
  kind: 'probe',
  count: 3,
  violations: 0,
  undecided: 0,
  examples: [],
  ...changes,
});

it('adds what was counted under load and on the quiet system, and says when something was seen', () => {
  const added = addCounts([
    { name: 'under load', counts: [count({ undecided: 1, examples: ['a lock'] }), count({ kind: 'control' })] },
    { name: 'quiet', counts: [count({ violations: 2, examples: ['2 rows'] }), count({ kind: 'control' })] },
  ]);
  expect(added).toEqual([
    count({ count: 6, violations: 2, undecided: 1, examples: ['quiet: 2 rows', 'under load: a lock'] }),
    count({ kind: 'control', count: 6 }),
  ]);
});

it('keeps what only one of the moments has, and layers apart', () => {
  const added = addCounts([
    { name: 'under load', counts: [count(), count({ layer: 'pool' })] },
    { name: 'quiet', counts: [count({ probe: 'sql: other' })] },
  ]);
  expect(added).toHaveLength(3);
});
