import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench, readResultOf, type Bench } from './testing/run-signoff.ts';
import { writePatientPolicy } from './testing/write-policy.ts';

const root = path.join(import.meta.dirname, '..');
let bench: Bench;
let candidate: string;

/** A checkout of the service in which every transaction runs one statement more. */
async function copyWithExtraStatement(folder: string): Promise<void> {
  for (const part of ['reference-service', 'package.json', 'package-lock.json'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  const file = path.join(folder, 'reference-service', 'database', 'database.ts');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(
    '[begin, tenantContext(tenantId), ...queries, commit]',
    "[begin, tenantContext(tenantId), ...queries, { name: 'one-more', text: 'select 1' }, commit]",
  );
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
}

beforeAll(async () => {
  bench = await createBench();
  candidate = path.join(bench.directory, 'candidate');
  await copyWithExtraStatement(candidate);
});

afterAll(async () => {
  const left = await bench.processes();
  await bench.remove();
  expect(left).toEqual([]);
});

describe('compare --live', () => {
  it('finds that a candidate asks the database more often, and says so again from the stored run', async () => {
    const policy = await writePatientPolicy(bench);
    const out = path.join(bench.directory, 'run');
    const data = ['--tenants', '12', '--rows-per-tenant', '300', '--environment', 'embedded'];
    const flags = ['--base', root, '--candidate', candidate, '--at-most', '36s', '--thresholds', policy, '--out', out];
    const ended = await bench.run('compare', '--live', ...flags, ...data);
    const result = await readResultOf(out);
    const broken = result.findings.filter(({ outcome }) => outcome === 'broken').map(({ id }) => id);
    expect(broken, ended.err).toContain('CMP-STATEMENTS');
    expect(result).toMatchObject({
      verdict: 'fail',
      profile: 'compare',
      comparison: { base: { kind: 'folder' }, candidate: { kind: 'folder', ref: path.basename(candidate) } },
    });
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('CMP-STATEMENTS');
    expect(await readFile(path.join(out, 'report.html'), 'utf8')).toContain('Is the candidate worse than the base?');
    expect((await bench.run('verify', out)).code).toBe(0);
    expect((await bench.run('gate', out, '--thresholds', policy)).code).toBe(1);
  });

  it.each([
    ['a revision that does not exist', ['--base', 'no-such-revision', '--candidate', '.'], 'no-such-revision'],
    [
      'one service as both',
      ['--base', 'HTTP://127.0.0.1:9', '--candidate', 'http://localhost:9/'],
      'are the same service',
    ],
    ['no candidate', ['--base', 'HEAD'], '--candidate REF'],
    ['too little load to judge by', ['--base', 'HEAD', '--candidate', 'HEAD', '--at-most', '10s'], 'six blocks'],
  ])('refuses %s before anything is started', async (_, flags, said) => {
    const ended = await bench.run('compare', '--live', ...flags);
    expect(ended.err).toContain(said);
    expect(ended.code).toBe(64);
  });

  it('says how to start a system where a URL is named and none runs', async () => {
    const urls = ['--base', 'http://127.0.0.1:9', '--candidate', 'http://127.0.0.1:10'];
    const ended = await bench.run('compare', '--live', ...urls);
    expect(ended.code).toBe(69);
    expect(ended.err).toContain('signoff up');
  });
});
