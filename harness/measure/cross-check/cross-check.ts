/** Gathers what autocannon measures of the very request that k6 sends, as the same user and in the same seconds. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { CrossCheck } from '../../model/cross-check.ts';
import type { Experiment } from '../../model/experiment.ts';
import { manifestSchema } from '../../model/manifest.ts';
import type { ServiceInstance } from '../../model/system.ts';
import type { Gatherer } from '../gatherer.ts';
import { httpGet } from '../http-get.ts';
import { parsePrometheusText, sumOf } from '../prometheus-text.ts';
import { type AutocannonAnswers, CONNECTION_INTERVAL_MS, sendEvenly } from './autocannon-load.ts';
import { correctOmission } from './correct-omission.ts';
import { logIn } from './log-in.ts';

/** A page of trades: a transaction in Postgres and some kilobytes of JSON, so that what is measured is no mere greeting. */
const checked = { endpoint: 'trades.list', path: '/v1/trades?limit=50', route: '/api/v1/trades' };

/** Requests before either generator: a service that was just started is still compiling its code. */
const WARMING_REQUESTS = 100;

/**
 * One request a second more than k6. At quite the same rate the two would march in step, and whichever is behind would wait for the
 * other's request in every one of its own.
 */
const OUT_OF_STEP = 1;

const packageSchema = z.object({ version: z.string() });

export interface CrossCheckOptions {
  experiment: Experiment;
  service: ServiceInstance;
  manifestPath: string;
  /** Gets the file that the script reads its session from. */
  scratch: string;
  signal: AbortSignal;
}

/** Where scenarios/cross-check.ts finds its session, which both generators use. */
export function sessionFile(scratch: string): string {
  return join(scratch, 'cross-check.json');
}

/**
 * At the same time, not one after the other: on a machine that others use too, the medians of neighbouring stretches of five seconds
 * were seen to differ by up to 130 %, those of the same seconds by a fifth at the same load.
 */
export function crossCheckGatherer(options: CrossCheckOptions): Gatherer<CrossCheck> {
  const { service, signal } = options;
  const ratePerSecond = rateOf(options.experiment) + OUT_OF_STEP;
  const seconds = Math.max(1, Math.round(options.experiment.durationMs / 1_000) - 1);
  let cookie = '';
  let servedBefore = 0;
  let sending: Promise<SettledLoad> | null = null;
  return {
    open: async () => {
      cookie = await prepareSession(options);
      await warm(service.url, cookie);
      servedBefore = await countServed(service.url);
    },
    windowStarts: () => {
      const url = `${service.url}/api${checked.path}`;
      sending = settle(sendEvenly({ url, headers: { cookie }, ratePerSecond, seconds, signal }));
      return Promise.resolve();
    },
    read: async () => {
      const load = await sending;
      if (load === null) throw new Error('the load never reached its measured window');
      if ('failure' in load) throw load.failure;
      const served = (await countServed(service.url)) - servedBefore;
      return { ...describeAnswers(load.answers, ratePerSecond), served, fromMs: load.fromMs, toMs: load.toMs };
    },
  };
}

type SettledLoad = { answers: AutocannonAnswers; fromMs: number; toMs: number } | { failure: unknown };

/** Nobody awaits it before k6 has ended: until then a failure must not count as one that nobody handles. */
async function settle(load: Promise<AutocannonAnswers>): Promise<SettledLoad> {
  const startedAtMs = Date.now();
  try {
    return { answers: await load, fromMs: startedAtMs + CONNECTION_INTERVAL_MS, toMs: Date.now() };
  } catch (failure) {
    return { failure };
  }
}

function describeAnswers(
  { requests, failed, durationsMs }: AutocannonAnswers,
  ratePerSecond: number,
): Omit<CrossCheck, 'served' | 'fromMs' | 'toMs'> {
  const latencies = correctOmission(durationsMs, CONNECTION_INTERVAL_MS).sort((a, b) => a - b);
  if (latencies.length === 0) throw new Error(`autocannon got no answer: ${failed} of ${requests} requests failed`);
  const nearestRank = (share: number): number => latencies[Math.ceil(share * latencies.length) - 1] ?? 0;
  return {
    generator: `autocannon ${autocannonVersion()}`,
    endpoint: checked.endpoint,
    ...{ ratePerSecond, requests, failed },
    samples: latencies.length,
    p50Ms: nearestRank(0.5),
    p95Ms: nearestRank(0.95),
    p99Ms: nearestRank(0.99),
  };
}

function rateOf({ scenario }: Experiment): number {
  if (scenario.workload.kind === 'open') return scenario.workload.ratePerSecond;
  throw new Error('two generators are compared at the same rate, which closed load does not have');
}

/** Returns the cookie. */
async function prepareSession({ service, manifestPath, scratch }: CrossCheckOptions): Promise<string> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  const { cookie, token, tier } = await logIn(service.url, manifest);
  const { endpoint, path } = checked;
  await writeFile(sessionFile(scratch), JSON.stringify({ token, tier, endpoint, path }), { mode: 0o600, flag: 'wx' });
  return cookie;
}

async function warm(url: string, cookie: string): Promise<void> {
  for (let sent = 0; sent < WARMING_REQUESTS; sent += 1) {
    const { status, body } = await httpGet(`${url}/api${checked.path}`, { cookie });
    if (status !== 200) throw new Error(`${checked.path} was answered with ${status}: ${body.slice(0, 200)}`);
  }
}

async function countServed(url: string): Promise<number> {
  const { status, body } = await httpGet(`${url}/metrics`);
  if (status !== 200) throw new Error(`${url}/metrics answered ${status}`);
  const isChecked = ({ labels }: { labels: Record<string, string> }): boolean => labels['route'] === checked.route;
  return sumOf(parsePrometheusText(body), 'http_request_duration_seconds_count', isChecked);
}

function autocannonVersion(): string {
  return packageSchema.parse(createRequire(import.meta.url)('autocannon/package.json')).version;
}
