/** The system that `up` leaves running: its logins, each single stage on it, and its end. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('up and down', () => {
  it('leaves a system that each single stage works on, until it is stopped', async () => {
    const up = bench.start('up', '--tenants', '6', '--rows-per-tenant', '300', '--json');
    const summary = await new Promise<{
      url: string;
      tenant: string;
      password: string;
      logins: { role: string; email: string }[];
    }>((resolve, reject) => {
      let text = '';
      up.child.stdout?.on('data', (chunk: string) => {
        text += chunk;
        if (text.trimEnd().endsWith('}')) resolve(JSON.parse(text) as never);
      });
      void up.ended.then(({ err }) => {
        reject(new Error(err));
      });
    });
    expect(summary.logins.map(({ role }) => role)).toEqual(['admin', 'trader', 'viewer']);
    const { tenant, password } = summary;
    for (const { email } of summary.logins) {
      const login = await fetch(`${summary.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tenant, email, password }),
      });
      expect(login.status).toBe(200);
      const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
      expect((await fetch(`${summary.url}/api/v1/trades?limit=3`, { headers: { cookie } })).status).toBe(200);
    }
    const out = path.join(bench.directory, 'stages');
    await mkdir(bench.directory, { recursive: true });
    expect((await bench.run('seed', '--tenants', '8', '--rows-per-tenant', '300')).code).toBe(0);
    const measured = await bench.run('measure', '--profile', 'smoke', '--only', 'isolation', '--out', out);
    expect(measured.code, measured.err).toBe(0);
    expect((await bench.run('judge', out)).code).toBe(0);
    expect((await bench.run('report', out)).code).toBe(0);
    expect((await bench.run('gate', out)).code).toBe(0);
    expect((await readResultOf(out)).environment.tenants).toBe(8);
    const down = await bench.run('down', '--json');
    expect((JSON.parse(down.out) as { stopped: string[] }).stopped).toHaveLength(1);
    expect((await up.ended).code).toBe(0);
    expect(await bench.processes()).toEqual([]);
  });
});
