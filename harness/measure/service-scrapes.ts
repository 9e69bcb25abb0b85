/** /metrics of every service at the ends of the window, taken once for all gatherers: some gauges begin anew when they are read. */
import type { ServiceInstance } from '../model/system.ts';
import { httpGet } from './http-get.ts';
import { type MetricSample, parsePrometheusText } from './prometheus-text.ts';

export interface ServiceScrapes {
  /** In the order of the services; whoever asks second gets what the first one got. */
  at: (end: 'windowStarts' | 'windowEnds') => Promise<MetricSample[][]>;
}

export function serviceScrapes(services: readonly ServiceInstance[]): ServiceScrapes {
  const taken = new Map<string, Promise<MetricSample[][]>>();
  return {
    at: (end) => {
      const known = taken.get(end) ?? Promise.all(services.map(scrapeService));
      taken.set(end, known);
      return known;
    },
  };
}

export async function scrapeService({ url }: ServiceInstance): Promise<MetricSample[]> {
  const { status, body } = await httpGet(`${url}/metrics`);
  if (status !== 200) throw new Error(`${url}/metrics answered ${status}: ${body.slice(0, 200)}`);
  return parsePrometheusText(body);
}
