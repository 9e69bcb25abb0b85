/**
 * The arms of the service under a second generator, autocannon: requests per second of rls and filter against bare.
 * Rounds are interleaved in changing order and ratios are taken within a round, because the machine's speed drifts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { chooseEnvironment } from '../harness/environment/choose-environment.ts';
import { type Mode, modeOfArm } from '../harness/model/experiment.ts';
import type { Manifest } from '../harness/model/manifest.ts';
import type { ServiceInstance } from '../harness/model/system.ts';
import { percentile } from '../harness/statistics/percentile.ts';

const arms: Mode[] = ['rls', 'filter', 'bare'];
const rounds = 6;
const secondsPerRound = 3;
const connections = 8;
const paths = ['/api/v1/portfolios', '/api/v1/trades?limit=50', '/api/v1/risk/exposure'];

export async function compareArms(print: (line: string) => void): Promise<void> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'signoff-bench-'));
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Error('interrupted')));
  const { signal } = controller;
  const progress = () => undefined;
  const { driver } = await chooseEnvironment('embedded');
  const environment = await driver.prepare({ progress, signal });
  const running = await environment.start({ keep: false, progress, signal });
  try {
    const manifestPath = path.join(scratch, 'manifest.json');
    const manifest = await running.seed({
      tenants: 20,
      seed: 'bench',
      rowsPerTenant: 2000,
      manifestPath,
      progress,
      signal,
    });
    const services = await running.startServices(
      arms.map((arm, slot) => ({ arm, slot })),
      { signal },
    );
    for (const target of paths) {
      const ratios = await measureRounds(services, manifest, target);
      print(`${target}: requests per second against bare, median of ${rounds} rounds [min, max]`);
      for (const arm of arms.filter((each) => each !== 'bare')) {
        const values = Float64Array.from(ratios.map((round) => round[arm])).sort();
        const figures = [percentile(values, 0.5), values[0], values.at(-1)].map((value) => value?.toFixed(3));
        print(`  ${arm.padEnd(7)}${figures[0]} [${figures[1]}, ${figures[2]}]`);
      }
    }
  } finally {
    await running.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measureRounds(
  services: ServiceInstance[],
  manifest: Manifest,
  target: string,
): Promise<Record<Mode, number>[]> {
  const results: Record<Mode, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    const rates: Record<Mode, number> = { rls: 0, filter: 0, bare: 0 };
    for (const offset of arms.keys()) {
      const service = services[(round + offset) % services.length];
      if (service === undefined) throw new Error('a service is missing');
      rates[modeOfArm[service.arm]] = await requestsPerSecond(
        `${service.url}${target}`,
        await logIn(service, manifest),
      );
    }
    results.push({ rls: rates.rls / rates.bare, filter: rates.filter / rates.bare, bare: 1 });
  }
  return results;
}

async function requestsPerSecond(url: string, cookie: string): Promise<number> {
  const result = await autocannon({ url, connections, duration: secondsPerRound, headers: { cookie } });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.average;
}

async function logIn({ url }: ServiceInstance, manifest: Manifest): Promise<string> {
  const tenant = manifest.tenants[0];
  const body = { tenant: tenant?.slug, email: tenant?.users[0]?.email, password: manifest.demoPassword };
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!response.ok || cookie === undefined) throw new Error(`login at ${url} was answered with ${response.status}`);
  return cookie;
}
