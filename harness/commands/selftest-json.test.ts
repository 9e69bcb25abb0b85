import { expect, it } from 'vitest';
import { buildSelftest } from '../report/testing/build-selftest.ts';
import { selftestJson } from './selftest-json.ts';

it('has four entries a case, and a fifth only where the case proves nothing', () => {
  const { selftest } = buildSelftest();
  const [first, second, ...others] = selftest.cases;
  if (first === undefined || second === undefined) throw new Error('no case');
  const { cases } = selftestJson(
    { ...selftest, cases: [{ ...first, invalid: 'guard swap failed.' }, second, ...others] },
    2,
  );
  const { id, claim, outcome, quantity } = first;
  expect(cases[0]).toStrictEqual({ id, claim, outcome, quantity, invalid: true });
  const [, found] = selftestJson(
    { ...selftest, cases: [first, { ...second, invalid: 'guard swap failed.' }] },
    0,
  ).cases;
  expect(found).not.toHaveProperty('invalid');
  expect(Object.keys(cases[1] ?? {})).toEqual(['id', 'claim', 'outcome', 'quantity']);
});
