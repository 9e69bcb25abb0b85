/** Metrics: no label holds anything of a tenant or of a caller, and routes are named as they are declared. */
import { z } from 'zod';
import type { Manifest } from '../../../model/manifest.ts';
import { type MetricSample, parsePrometheusText } from '../../prometheus-text.ts';
import type { ServiceAnswer } from '../ask-service.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { findLeaks } from './find-leaks.ts';
import type { Provocation } from './provocations.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const routeMetric = 'http_request_duration_seconds_count';
/** What answers of no route are counted under. */
const noRoute = 'unmatched';
const undocumented = ['/openapi.json', noRoute];
const pathsSchema = z.object({ paths: z.record(z.string(), z.unknown()) });

const probes = {
  values: "metrics: a tenant's or a caller's data in a label",
  names: "metrics: a tenant's name or id as a label",
  routes: 'metrics: a label for each address instead of each route',
};

export interface MetricsProbes {
  metrics: ServiceAnswer;
  openApi: ServiceAnswer;
  manifest: Manifest;
  provocations: readonly Provocation[];
}

export function probeMetrics({ metrics, openApi, manifest, provocations }: MetricsProbes): Look[] {
  if (metrics.status !== 200 || openApi.status !== 200) {
    const detail = `/metrics: status ${metrics.status}, /openapi.json: status ${openApi.status}`;
    return Object.values(probes).flatMap((probe) => [
      asProbe(probe, 'undecided', detail),
      asControl(probe, 'undecided', detail),
    ]);
  }
  const samples = parsePrometheusText(metrics.body);
  const declared = new Set([
    ...Object.keys(pathsSchema.parse(JSON.parse(openApi.body)).paths).map((path) =>
      path.replaceAll(/\{(\w+)\}/g, ':$1'),
    ),
    ...undocumented,
  ]);
  const counted = samples.filter(({ name }) => name === routeMetric);
  const seen = counted.some(({ labels }) => labels['route']?.endsWith('/:id') === true);
  return [
    lookAtValues(metrics.body, provocations),
    lookAtNames(samples, manifest),
    lookAtRoutes(counted, declared),
    ...Object.values(probes).map((probe) =>
      asControl(probe, seen ? 'ok' : 'violation', 'requests that were just made are not counted'),
    ),
  ];
}

function lookAtValues(text: string, provocations: readonly Provocation[]): Look {
  const sent = provocations.filter(({ secrets }) => secrets.some((secret) => text.includes(secret)));
  const found = [...findLeaks(text), ...sent.map(({ what }) => what)];
  return asProbe(probes.values, found.length === 0 ? 'ok' : 'violation', found.slice(0, 3).join(', '));
}

/** A label of a tenant tells everybody who reads metrics which tenants there are, and multiplies every series by their number. */
function lookAtNames(samples: readonly MetricSample[], { tenants }: Manifest): Look {
  const slugs = new Set(tenants.map(({ slug }) => slug));
  const guilty = samples.flatMap(({ name, labels }) =>
    Object.entries(labels).flatMap(([label, value]) =>
      slugs.has(value) || uuid.test(value) ? [`${name}{${label}}`] : [],
    ),
  );
  return asProbe(probes.names, guilty.length === 0 ? 'ok' : 'violation', [...new Set(guilty)].slice(0, 3).join(', '));
}

function lookAtRoutes(counted: readonly MetricSample[], declared: ReadonlySet<string>): Look {
  const strange = counted.filter(({ labels }) => !declared.has(labels['route'] ?? ''));
  const detail = `${strange.length} series of addresses that no route declares`;
  return asProbe(probes.routes, strange.length === 0 ? 'ok' : 'violation', detail);
}
