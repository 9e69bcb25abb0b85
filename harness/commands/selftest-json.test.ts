import { expect, it } from 'vitest';
import { buildSelftest } from '../report/testing/build-selftest.ts';
import { selftestJson } from './selftest-json.ts';

it('has four entries a case, and a fifth only where the case proves nothing', () => {
  const { selftest } = buildSelftest();
  const [first, ...others] = selftest.cases;
  if (first === undefined) throw new Error('no case');
  const { cases } = selftestJson({ ...selftest, cases: [{ ...first, invalid: 'guard swap failed.' }, ...others] }, 2);
  const { id, claim, outcome, quantity } = first;
  expect(cases[0]).toStrictEqual({ id, claim, outcome, quantity, invalid: true });
  expect(Object.keys(cases[1] ?? {})).toEqual(['id', 'claim', 'outcome', 'quantity']);
});
