/** Gathers what each instance of the service says of itself: mode, version, requests, failures, event loop, pool. */
import { z } from 'zod';
import type { Measurement } from '../model/measurement.ts';
import type { ServiceInstance } from '../model/system.ts';
import type { Gatherer } from './gatherer.ts';
import { httpGetJson } from './http-get.ts';
import { type MetricSample, maxOf, sumOf } from './prometheus-text.ts';
import type { ServiceScrapes } from './service-scrapes.ts';

type ServiceFacts = Extract<Measurement['artefacts']['service'], { ok: true }>['value'];

const healthSchema = z.object({ version: z.string(), rlsMode: z.string() });

/** Histogram of all requests, by method, route and status. */
const REQUESTS = 'http_request_duration_seconds_count';

interface Scrape {
  requests: number;
  errors5xx: number;
  samples: MetricSample[];
}

/**
 * `scrapes` of the same services, in the same order. Scraped at both ends of the window only: a scrape takes the event loop's time, and the two gauges that are wanted
 * (lag and longest queue) cover the time since they were last read.
 */
export function serviceGatherer(services: ServiceInstance[], scrapes: ServiceScrapes): Gatherer<ServiceFacts> {
  let start: Scrape[] = [];
  let end: Scrape[] = [];
  return {
    windowStarts: async () => {
      start = (await scrapes.at('windowStarts')).map(countAnswers);
    },
    windowEnds: async () => {
      end = (await scrapes.at('windowEnds')).map(countAnswers);
    },
    read: () =>
      Promise.all(
        services.map(async (service, index) => {
          const { version, rlsMode } = healthSchema.parse(await httpGetJson(`${service.url}/healthz`));
          const [first, last] = [start[index], end[index]];
          if (first === undefined || last === undefined)
            throw new Error(`no metrics of ${service.url} at the ends of the window`);
          const lagSeconds = maxOf(last.samples, 'nodejs_eventloop_lag_p99_seconds');
          return {
            arm: service.arm,
            slot: service.slot,
            mode: rlsMode,
            version,
            requests: last.requests - first.requests,
            errors5xx: last.errors5xx - first.errors5xx,
            eventLoopLagP99Ms: lagSeconds === null ? null : lagSeconds * 1_000,
            poolWaitingMax: maxOf(last.samples, 'database_pool_waiting_max'),
            poolMax: maxOf(last.samples, 'database_pool_max'),
            prepared: readFlag(last.samples, 'database_prepared_statements'),
          };
        }),
      ),
  };
}

function readFlag(samples: MetricSample[], name: string): boolean | null {
  const value = maxOf(samples, name);
  return value === null ? null : value > 0;
}

function countAnswers(samples: MetricSample[]): Scrape {
  return {
    requests: sumOf(samples, REQUESTS),
    errors5xx: sumOf(samples, REQUESTS, ({ labels }) => /^5/.test(labels['status'] ?? '')),
    samples,
  };
}
