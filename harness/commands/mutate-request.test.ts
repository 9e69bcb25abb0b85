import { expect, it } from 'vitest';
import type { MutantLayer } from '../model/mutant.ts';
import { chooseMutants, readMutateRequest } from './mutate-request.ts';
import { askSignoff, testContext } from './testing/ask-signoff.ts';

const all: { id: string; layer: MutantLayer }[] = [
  { id: 'policy-dropped', layer: 'postgres' },
  { id: 'all-keys', layer: 'redis' },
  { id: 'shared-cache', layer: 'service' },
];
const ids = (flags: Record<string, unknown>) => chooseMutants(all, flags).mutants.map(({ id }) => id);

it('takes all mutants, or those of the named layers and ids', () => {
  expect(chooseMutants(all, {})).toEqual({ mutants: all, leftOut: [] });
  expect(ids({ layer: ['redis', 'service'] })).toEqual(['all-keys', 'shared-cache']);
  expect(ids({ only: ['shared-cache,policy-dropped'] })).toEqual(['policy-dropped', 'shared-cache']);
  expect(chooseMutants(all, { only: ['all-keys'], layer: ['redis'] })).toMatchObject({
    leftOut: ['policy-dropped', 'shared-cache'],
  });
});

it.each([
  [{ only: ['all-kets'] }, /all-kets: there is no such mutant; there are policy-dropped, all-keys/],
  [{ only: ['all-keys'], layer: ['vault'] }, /no mutant is of that name and of that layer/],
])('refuses %o', (flags, complaint) => {
  expect(() => chooseMutants(all, flags)).toThrow(complaint);
});

it('is of few tenants with few rows, unless more are asked for', async () => {
  const { context } = testContext();
  const request = await readMutateRequest(context, {});
  expect(request).toMatchObject({ tenants: 6, rowsPerTenant: 200, save: false, out: null, leftOut: [] });
  expect(request.mutants.length).toBeGreaterThanOrEqual(40);
  expect(await readMutateRequest(context, { tenants: 12, rowsPerTenant: 300 })).toMatchObject({
    tenants: 12,
    rowsPerTenant: 300,
  });
});

it.each([
  [['--save', '--layer', 'redis'], /all of them/],
  [['--layer', 'redsi'], /Allowed: postgres, redis, vault, service/],
  [['--only', 'no-such-mutant'], /there is no such mutant/],
  [['--mutants', 'no-such-folder'], /no-such-folder/],
])('ends %o with 64 before anything starts', async (flags, complaint) => {
  const { code, err } = await askSignoff('mutate', ...flags);
  expect(err).toMatch(complaint);
  expect(code).toBe(64);
});
