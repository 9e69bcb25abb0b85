import path from 'node:path';
import { expect, it } from 'vitest';
import { SignoffError } from '../model/errors.ts';
import type { MutantLayer } from '../model/mutant.ts';
import { tellWhatIsStored } from './mutate.ts';
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
  [{ only: ['all-kets'] }, /all-kets: there is no such mutant; near it are all-keys$/],
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

it('suggests mutants near the id of another list, a few, and says where all are named', async () => {
  const { code, err } = await askSignoff('mutate', '--only', 'drop-policy');
  expect(code).toBe(64);
  expect(err).toMatch(/near it are .*policy-/);
  expect(err).toContain('signoff mutate --list');
  expect(err.split(',').length).toBeLessThan(8);
});

it('lists every mutant, or those of a layer, and starts nothing', async () => {
  const { code, out } = await askSignoff('mutate', '--list', '--layer', 'vault');
  expect(code).toBe(0);
  expect(out).toMatch(/^vault +vault-wildcard-tenants +\S.*$/m);
  expect(out).not.toMatch(/^(postgres|redis|service)/m);
  const listed = JSON.parse((await askSignoff('mutate', '--list', '--json')).out) as { id: string; file: string }[];
  expect(listed.find(({ id }) => id === 'rls-disabled')?.file).toContain(path.join('postgres', 'rls-disabled.ts'));
});

it('says in its help how many tenants and rows it takes by default', async () => {
  const { out } = await askSignoff('mutate', '--help');
  expect(out.replaceAll(/\s+/g, ' ')).toMatch(/how many tenants \(default: 6\).*mean rows a tenant \(default: 200\)/);
});

it('says of a mutant that cannot be taken out that everything was stopped, and where the matrix lies', () => {
  const told = tellWhatIsStored(new SignoffError('BAD_ARGUMENT', 'the mutant a (a.json) was taken out'), '/of/matrix');
  expect(told).toMatchObject({
    exitCode: 64,
    message: expect.stringMatching(/a\.json[^]*stopped[^]*\/of\/matrix/) as string,
  });
  const other = new SignoffError('INTERNAL', 'a defect of ours');
  expect(tellWhatIsStored(other, '/of/matrix')).toBe(other);
});
