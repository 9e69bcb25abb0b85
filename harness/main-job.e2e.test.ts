import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from './model/result.ts';
import { systemSchema } from './model/system.ts';
import { writePolicy } from './testing/write-policy.ts';
import { createBench, readResultOf, type Bench } from './testing/run-signoff.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await createBench();
});

afterAll(async () => {
  const left = await bench.processes();
  await bench.remove();
  expect(left).toEqual([]);
});

/** What of the state folder is left: nothing, once everything has been stopped. */
async function leftFolders(): Promise<string[]> {
  const entries = await readdir(bench.directory, { recursive: true });
  return entries.filter((name) => path.basename(name) === 'system.json');
}

const outcomes = (result: Result) => Object.fromEntries(result.findings.map(({ id, outcome }) => [id, outcome]));

describe('the main job in its shortest profile', () => {
  let out: string;
  let result: Result;
  let code: number | null;

  beforeAll(async () => {
    out = path.join(bench.directory, 'smoke');
    const ended = await bench.run('run', '--profile', 'smoke', '--rows-per-tenant', '500', '--out', out, '--json');
    ({ code } = ended);
    expect(ended.err).not.toContain('because'); // a cause is printed only with an error
    result = await readResultOf(out);
    expect(JSON.parse(ended.out)).toEqual(result);
  });

  it('finds the intact system isolated, its sessions and roles sound', () => {
    expect(outcomes(result)).toMatchObject({
      'AC-1': 'holds',
      'SEC-ISO': 'holds',
      'SEC-AUTHN': 'holds',
      'SEC-AUTHZ': 'holds',
    });
    expect(result.isolation.leaks).toBe(0);
    expect(result.isolation.probes).toBeGreaterThan(200);
    expect(result.isolation.rows.every((row) => row.controls > 0 && row.controlFailures === 0)).toBe(true);
  });

  it('passes, and ends with the exit code of that', () => {
    expect({ verdict: result.verdict, exitCode: result.exitCode, code }).toEqual({
      verdict: 'pass',
      exitCode: 0,
      code: 0,
    });
  });

  it('measured every load with real requests and no failed one', () => {
    for (const scenario of result.scenarios) {
      expect(scenario.requests).toBeGreaterThan(20);
      expect(scenario.errors).toBe(0);
      expect(scenario.p99Ms).toBeGreaterThan(0);
      expect(scenario.achievedPerSecond).toBeGreaterThan(0);
    }
    expect(result.logins.count).toBeGreaterThan(0);
  });

  it('tells the cost of row-level security with an interval, ungated in so short a profile', () => {
    const finding = result.findings.find(({ id }) => id === 'RLS-COST');
    expect(finding).toMatchObject({ gated: false });
    expect(finding?.quantity?.value).toBeGreaterThan(0);
  });

  it('calls what was not measured inconclusive, and never gates it', () => {
    const unmeasured = result.findings.filter(({ id }) => ['LAT-500-TARGET-OPEN', 'LAT-1KT', 'LAT-10KT'].includes(id));
    expect(unmeasured).toHaveLength(3);
    for (const finding of unmeasured)
      expect(finding).toMatchObject({ gated: false, outcome: 'inconclusive', quantity: null });
  });

  it('times every phase', () => {
    const phases = result.phases.map(({ id }) => id);
    for (const id of ['doctor', 'tools', 'up', 'seed', 'measure', 'down', 'judge', 'report'])
      expect(phases).toContain(id);
  });

  it('writes a report without network or script, a JUnit file and a summary', async () => {
    const html = await readFile(path.join(out, 'report.html'), 'utf8');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    expect(await readFile(path.join(out, 'junit.xml'), 'utf8')).toContain('SEC-ISO');
    expect(await readFile(path.join(out, 'summary.md'), 'utf8')).toContain('SEC-ISO');
  });

  it('leaves no secret in the run folder', async () => {
    const files = (await readdir(out, { recursive: true })).filter((name) => /\.(json|ndjson|html|xml|md)$/.test(name));
    for (const file of files) {
      const text = await readFile(path.join(out, file), 'utf8');
      expect(text).not.toMatch(
        /hvs\.[A-Za-z0-9]{8}|PRIVATE KEY|\$argon2id\$|alphapulse_session=|eyJ[A-Za-z0-9_-]{10,}\./,
      );
    }
  });

  it('leaves no process and no folder of the system', async () => {
    expect(await bench.processes()).toEqual([]);
    expect(await leftFolders()).toEqual([]);
  });

  it('can be judged, rendered, gated and verified again with everything stopped', async () => {
    const judged = await bench.run('judge', out, '--json');
    expect(judged.code).toBe(0);
    expect(outcomes(JSON.parse(judged.out) as Result)).toEqual(outcomes(result));
    expect((await bench.run('report', out)).code).toBe(0);
    expect((await bench.run('gate', out)).code).toBe(0);
    expect((await bench.run('verify', out)).code).toBe(0);
  });

  it('gates red when the policy is tightened below what was measured', async () => {
    const policy = await writePolicy(bench, ({ claims }) => {
      if (claims['AC-1'] !== undefined) claims['AC-1'].limit = 0.001;
    });
    const gated = await bench.run('gate', out, '--thresholds', policy, '--json');
    expect(gated.code).toBe(1);
    expect(JSON.parse(gated.out)).toMatchObject({ verdict: 'fail', exitCode: 1 });
  });
});

describe('a run that is too short', () => {
  it('ends inconclusive with exit code 2, says how much more it needs, and is never a pass', async () => {
    const out = path.join(bench.directory, 'short');
    const policy = await writePolicy(bench, ({ guards }) => {
      if (guards['foreign-cpu'] !== undefined) guards['foreign-cpu'].limit = 100;
    });
    const ended = await bench.run(
      'run',
      '--only',
      'baseline',
      '--duration',
      '1s',
      '--thresholds',
      policy,
      '--tenants',
      '6',
      '--rows-per-tenant',
      '300',
      '--out',
      out,
    );
    const result = await readResultOf(out);
    const finding = result.findings.find(({ id }) => id === 'LAT-500-BASELINE');
    expect(finding).toMatchObject({ outcome: 'inconclusive', gated: true });
    expect(finding?.needs).toMatch(/at least six seconds/);
    expect(ended.code).toBe(2);
  });
});

describe('interruption', () => {
  const args = [
    'run',
    '--profile',
    'smoke',
    '--only',
    'target',
    '--tenants',
    '6',
    '--rows-per-tenant',
    '300',
    '--duration',
    '60s',
  ];

  /** Starts a run and waits until its load is under way. */
  async function startLoad(out: string) {
    const { child, ended } = bench.start(...args, '--out', out);
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: string) => {
        if (/p50/.test(chunk)) resolve();
      });
      void ended.then(({ err }) => {
        reject(new Error(`ended before its load began: ${err}`));
      });
    });
    return { child, ended };
  }

  /** The passwords, tokens and keys of the system that runs now, as its private folder has them. */
  async function liveSecrets(): Promise<string[]> {
    const [file] = await leftFolders();
    const folder = path.dirname(path.join(bench.directory, file ?? ''));
    const system = systemSchema.parse(JSON.parse(await readFile(path.join(folder, 'system.json'), 'utf8')));
    const entries = await readdir(path.join(folder, 'secrets'), { recursive: true, withFileTypes: true });
    const secretFiles = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const texts = await Promise.all(secretFiles.map((file) => readFile(file, 'utf8')));
    const { postgres, redis, vault } = system;
    const own = [postgres.adminPassword, redis.adminPassword, vault.rootToken, vault.unsealKey];
    return [...own, ...texts.map((text) => text.trim())].filter((secret) => secret.length >= 8);
  }

  /** Files of the folder, Parquet and all, in which one of the texts stands. */
  async function filesWith(folder: string, texts: readonly string[]): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const found = await Promise.all(
      files.map(async (file) => {
        const content = await readFile(file);
        return texts.some((text) => content.includes(text)) ? [file] : [];
      }),
    );
    return found.flat();
  }

  it('by SIGTERM stops everything, keeps what was measured and ends with 130', async () => {
    const out = path.join(bench.directory, 'interrupted');
    const { child, ended } = await startLoad(out);
    const secrets = await liveSecrets();
    expect(secrets.length).toBeGreaterThan(6);
    child.kill('SIGTERM');
    const { code, err } = await ended;
    expect(err).toContain('interrupted by SIGTERM');
    expect(code).toBe(130);
    expect(await filesWith(out, secrets)).toEqual([]);
    expect(secrets.filter((secret) => err.includes(secret))).toEqual([]);
    expect(await bench.processes()).toEqual([]);
    expect(await leftFolders()).toEqual([]);
    expect((await stat(path.join(out, 'samples', 'target-0.parquet'))).size).toBeGreaterThan(0);
    expect(await readResultOf(out)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('by kill -9 leaves nothing after the next command', async () => {
    const { child, ended } = await startLoad(path.join(bench.directory, 'killed'));
    child.kill('SIGKILL');
    await ended;
    expect(await leftFolders()).not.toEqual([]);
    const down = await bench.run('down', '--json');
    expect((JSON.parse(down.out) as { leftOvers: unknown[] }).leftOvers).toHaveLength(1);
    expect(await bench.processes()).toEqual([]);
    expect(await leftFolders()).toEqual([]);
  });

  it('of a server ends the run with 69, says which one and keeps what was measured', async () => {
    const out = path.join(bench.directory, 'died');
    const { ended } = await startLoad(out);
    const [system] = await leftFolders();
    const { redis } = JSON.parse(await readFile(path.join(bench.directory, system ?? ''), 'utf8')) as {
      redis: { pid: number };
    };
    process.kill(redis.pid, 'SIGKILL');
    const { code, err } = await ended;
    expect(err).toMatch(/redis ended by itself/);
    expect(code).toBe(69);
    expect(await bench.processes()).toEqual([]);
    expect(await readResultOf(out)).toMatchObject({ verdict: 'inconclusive' });
  });
});
