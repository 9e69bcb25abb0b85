import { expect, it } from 'vitest';
import { asComparison, asControl, asProbe, countLooks } from './look.ts';

it('counts looks by probe and kind, with a few examples, those of violations first', () => {
  const looks = [
    asProbe('sql: a', 'ok', 'nothing'),
    asProbe('sql: a', 'undecided', 'a time limit'),
    ...['one', 'two', 'two', 'three'].map((row) => asProbe('sql: a', 'violation', row)),
    asControl('sql: a', 'ok', 'its own'),
    asProbe('sql: b', 'ok', ''),
  ];
  const shared = { layer: 'sql', claim: 'SEC-ISO' };
  expect(countLooks('sql', looks)).toEqual([
    {
      ...shared,
      probe: 'sql: a',
      kind: 'probe',
      count: 6,
      violations: 4,
      undecided: 1,
      examples: ['one', 'two', 'three'],
    },
    { ...shared, probe: 'sql: a', kind: 'control', count: 1, violations: 0, undecided: 0, examples: [] },
    { ...shared, probe: 'sql: b', kind: 'probe', count: 1, violations: 0, undecided: 0, examples: [] },
  ]);
});

it('counts a look of another claim as that claim', () => {
  expect(countLooks('redis', [{ ...asProbe('redis: a', 'ok', ''), claim: 'SEC-AUTHN' }])).toMatchObject([
    { claim: 'SEC-AUTHN' },
  ]);
});

it('says of a comparison that it is one, also where another look of the same probe tried something', () => {
  const looks = [
    asProbe('vault: a', 'ok', ''),
    asComparison('vault: a', 'violation', 'differs'),
    asProbe('vault: b', 'ok', ''),
  ];
  const [compared, tried] = countLooks('vault', [...looks, asControl('vault: a', 'ok', '')]);
  expect(compared).toMatchObject({ probe: 'vault: a', basis: 'configuration' });
  expect(tried).not.toHaveProperty('basis');
});
