/** The main job with `--environment containers`, as a user runs it: the same verbs, the same verdict, nothing left on the engine. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from './model/result.ts';
import { docker, leftOnEngine } from './testing/on-engine.ts';
import { createBench, readResultOf, type Bench } from './testing/run-signoff.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await createBench({ engine: true });
});

afterAll(async () => {
  const left = [...(await bench.processes()), ...(await leftOnEngine(bench))];
  await bench.remove();
  expect(left).toEqual([]);
});

const data = ['--tenants', '6', '--rows-per-tenant', '300'];
const outcomes = (result: Result) => Object.fromEntries(result.findings.map(({ id, outcome }) => [id, outcome]));

describe('the main job in containers, in its shortest profile', () => {
  let result: Result;
  let code: number | null;
  let said: string;
  let out: string;

  beforeAll(async () => {
    out = path.join(bench.directory, 'smoke');
    const ended = await bench.run('run', '--profile', 'smoke', '--environment', 'auto', ...data, '--out', out);
    code = ended.code;
    said = ended.err + ended.out;
    result = await readResultOf(out);
  });

  it('takes containers by itself where an engine answers, and says why', () => {
    expect(said).toMatch(/environment: containers, auto: Docker [\d.]+\S* with Compose 2\.\d+/);
    expect(result.environment.kind).toBe('containers');
    expect(result.environment.kindReason).toMatch(/^auto: Docker/);
  });

  it('passes with every isolation probe controlled and no leak', () => {
    expect({ verdict: result.verdict, code }, said).toEqual({ verdict: 'pass', code: 0 });
    expect(outcomes(result)).toMatchObject({
      'AC-1': 'holds',
      'SEC-ISO': 'holds',
      'SEC-AUTHN': 'holds',
      'SEC-AUTHZ': 'holds',
    });
    expect(result.isolation.leaks).toBe(0);
    expect(result.isolation.probes).toBeGreaterThan(200);
  });

  it('restarts every arm as a container of its own in each block', () => {
    const finding = result.findings.find(({ id }) => id === 'RLS-COST');
    expect(finding?.quantity?.value).toBeGreaterThan(0);
  });

  it('leaves nothing on the engine and no secret in the run folder', async () => {
    expect(await leftOnEngine(bench)).toEqual([]);
    const files = (await readdir(out, { recursive: true })).filter((name) => /\.(json|ndjson|html|xml|md)$/.test(name));
    for (const file of files) {
      expect(await readFile(path.join(out, file), 'utf8')).not.toMatch(/hvs\.[A-Za-z0-9]{8}|PRIVATE KEY|\$argon2id\$/);
    }
  });
});

describe('planted defects in containers', () => {
  it.each([
    ['drop-policy', 'in the database'],
    ['shared-cache', 'in an image of the service with changed source'],
  ])('%s, %s, turns SEC-ISO red', async (defect) => {
    const out = path.join(bench.directory, defect);
    const only = ['--profile', 'smoke', '--only', 'isolation', '--environment', 'containers'];
    const ended = await bench.run('run', ...only, ...data, '--defect', defect, '--out', out);
    expect(ended.code, ended.err).toBe(1);
    expect(outcomes(await readResultOf(out))).toMatchObject({ 'SEC-ISO': 'broken' });
    expect(await docker('images', '--quiet', 'signoff/planted')).toBe('');
  });
});

describe('up and down in containers', () => {
  it('leaves a system that seed and measure work on, until `down` elsewhere stops it', async () => {
    const up = bench.start('up', '--environment', 'containers', ...data, '--json');
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      up.child.stdout?.on('data', (chunk: string) => {
        text += chunk;
        if (text.trimEnd().endsWith('}')) resolve((JSON.parse(text) as { url: string }).url);
      });
      void up.ended.then(({ err }) => reject(new Error(err)));
    });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await bench.run('seed', '--tenants', '8', '--rows-per-tenant', '300')).code).toBe(0);
    const out = path.join(bench.directory, 'stages');
    const measured = await bench.run('measure', '--profile', 'smoke', '--only', 'isolation', '--out', out);
    expect(measured.code, measured.err).toBe(0);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await bench.run('judge', out)).code).toBe(0);
    expect((await readResultOf(out)).environment).toMatchObject({ kind: 'containers', tenants: 8 });
    const down = await bench.run('down', '--json');
    expect((JSON.parse(down.out) as { stopped: string[] }).stopped).toHaveLength(1);
    expect((await up.ended).code).toBe(0);
    expect(await leftOnEngine(bench)).toEqual([]);
  });
});
