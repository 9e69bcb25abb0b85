/** What cuts a run in containers short: signals, kill -9, servers that die, and limits that make it invalid. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemSchema, type System } from './model/system.ts';
import { containerOf, docker, leftOnEngine } from './testing/on-engine.ts';
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

const load = ['--profile', 'smoke', '--only', 'target', '--environment', 'containers'];

/** Starts a run and waits until its load is under way. */
async function startLoad(out: string, duration = '60s') {
  const data = ['--tenants', '6', '--rows-per-tenant', '300', '--duration', duration];
  const { child, ended } = bench.start('run', ...load, ...data, '--out', out);
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: string) => {
      if (/p50/.test(chunk)) resolve();
    });
    void ended.then(({ err }) => reject(new Error(`ended before its load began: ${err}`)));
  });
  return { child, ended };
}

/** The handle of the system that runs now. */
async function runningSystem(): Promise<System> {
  const [file] = (await readdir(bench.directory, { recursive: true })).filter((name) => name.endsWith('system.json'));
  return systemSchema.parse(JSON.parse(await readFile(path.join(bench.directory, file ?? ''), 'utf8')));
}

/** Runs a query as its administrator. */
async function asAdmin(query: string): Promise<void> {
  const { host, port, database, adminUser, adminPassword } = (await runningSystem()).postgres;
  const client = new Client({ host, port, database, user: adminUser, password: adminPassword });
  client.on('error', () => undefined); // the query in flight tells about it as well
  await client.connect();
  await client.query(query).finally(() => client.end());
}

describe('a run in containers that is cut short', () => {
  it('by SIGTERM stops everything, keeps what was measured and ends with 130', async () => {
    const out = path.join(bench.directory, 'interrupted');
    const { child, ended } = await startLoad(out);
    child.kill('SIGTERM');
    const { code, err } = await ended;
    expect(code, err).toBe(130);
    expect(await leftOnEngine(bench)).toEqual([]);
    expect((await stat(path.join(out, 'samples', 'target-0.parquet'))).size).toBeGreaterThan(0);
    expect(await readResultOf(out)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('by SIGTERM while containers are starting leaves nothing', async () => {
    const { child, ended } = bench.start('up', '--environment', 'containers', '--tenants', '6');
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: string) => {
        if (/start Postgres, Redis and Vault in containers/.test(chunk)) resolve();
      });
    });
    await expect.poll(() => leftOnEngine(bench), { timeout: 60_000 }).not.toEqual([]);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(130);
    expect(await leftOnEngine(bench)).toEqual([]);
  });

  it('by kill -9 leaves nothing after the next command', async () => {
    const { child, ended } = await startLoad(path.join(bench.directory, 'killed'));
    child.kill('SIGKILL');
    await ended;
    expect(await leftOnEngine(bench)).not.toEqual([]);
    const down = await bench.run('down', '--json');
    const { leftOvers } = JSON.parse(down.out) as { leftOvers: { processes: string[] }[] };
    expect(leftOvers).toHaveLength(1);
    expect(leftOvers[0]?.processes).toEqual(expect.arrayContaining(['postgres', 'redis', 'vault', 'slot-0']));
    expect(await leftOnEngine(bench)).toEqual([]);
    expect(await bench.processes()).toEqual([]);
  });

  it('by the end of a server ends with 69, says which one and keeps what was measured', async () => {
    const out = path.join(bench.directory, 'died');
    const { ended } = await startLoad(out);
    await docker('kill', await containerOf(bench, 'redis'));
    const { code, err } = await ended;
    expect(err).toMatch(/redis ended by itself with exit code 137; the end of its log/);
    expect(code).toBe(69);
    expect(await leftOnEngine(bench)).toEqual([]);
    expect(await readResultOf(out)).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('limits that make a run invalid', () => {
  it('a process of Postgres that was killed for want of memory', async () => {
    const out = path.join(bench.directory, 'memory');
    const { ended } = await startLoad(out, '20s');
    await docker('update', '--memory', '400m', '--memory-swap', '400m', await containerOf(bench, 'postgres'));
    // The kernel ends the backend of a query whose memory no setting bounds, and Postgres restarts the others.
    await expect(
      asAdmin("select length(string_agg(repeat('x', 1000000), '')) from generate_series(1, 900)"),
    ).rejects.toThrow(/terminat|closed|reset/i);
    const { code, err } = await ended;
    const result = await readResultOf(out);
    expect(
      result.validity.find(({ id }) => id === 'oom-kills'),
      err,
    ).toMatchObject({ ok: false });
    expect({ code, verdict: result.verdict }).toEqual({ code: 2, verdict: 'inconclusive' });
  });

  it('a server that ended for want of memory', async () => {
    const out = path.join(bench.directory, 'out-of-memory');
    const { ended } = await startLoad(out);
    await docker('update', '--memory', '16m', '--memory-swap', '16m', await containerOf(bench, 'redis'));
    const { host, port, adminUser: username, adminPassword: password } = (await runningSystem()).redis;
    const client = new Redis({ host, port, username, password, retryStrategy: null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined); // the rejected call tells about it as well
    await expect(client.set('large', 'x'.repeat(2 ** 26))).rejects.toThrow();
    client.disconnect();
    const { code, err } = await ended;
    expect(err).toMatch(/redis was killed for want of memory/);
    expect({ code, verdict: (await readResultOf(out)).verdict }).toEqual({ code: 2, verdict: 'inconclusive' });
  });

  it('a generator whose CPU is limited', async () => {
    const out = path.join(bench.directory, 'throttled');
    const isUnified = existsSync('/sys/fs/cgroup/cgroup.controllers');
    const group = path.join(isUnified ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu', `signoff-test-${process.pid}`);
    await mkdir(group);
    try {
      const { child, ended } = bench.start(
        ...['run', ...load, '--tenants', '6', '--rows-per-tenant', '300', '--duration', '15s', '--out', out],
      );
      await new Promise<void>((resolve, reject) => {
        child.stderr?.on('data', (chunk: string) => {
          if (/measure /.test(chunk)) resolve();
        });
        void ended.then(({ err }) => reject(new Error(err)));
      });
      // k6 is started after this, in the control group of whoever starts it.
      if (isUnified) await writeFile(path.join(group, 'cpu.max'), '40000 100000');
      else await writeFile(path.join(group, 'cpu.cfs_quota_us'), '40000');
      await writeFile(path.join(group, 'cgroup.procs'), String(child.pid));
      const { code, err } = await ended;
      const result = await readResultOf(out);
      expect(
        result.validity.find(({ id }) => id === 'generator-throttled'),
        err,
      ).toMatchObject({ ok: false });
      expect({ code, verdict: result.verdict }).toEqual({ code: 2, verdict: 'inconclusive' });
    } finally {
      await rmdir(group);
    }
  });
});
