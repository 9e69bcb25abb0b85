/** Which claims of a comparison nobody can decide, because a service that was named by its URL does not tell what they need. */
import { counterOf, type MetricSample, maxOf } from '../measure/prometheus-text.ts';
import { scrapeService } from '../measure/service-scrapes.ts';
import type { ClaimId } from '../model/thresholds.ts';
import type { Progress } from '../model/progress.ts';

/** Without its process bytes are not counted, without a database of its own neither statements nor rows are its. */
const never: readonly ClaimId[] = ['CMP-BYTES', 'CMP-STATEMENTS', 'CMP-ROWS'];

/** What a service tells of itself, if it does. */
const toldBy: Partial<Record<ClaimId, (samples: MetricSample[]) => (number | null)[]>> = {
  'CMP-CPU': (samples) => [
    counterOf(samples, 'process_cpu_user_seconds_total'),
    counterOf(samples, 'process_cpu_system_seconds_total'),
  ],
  'CMP-ALLOCATION': (samples) => [counterOf(samples, 'nodejs_heap_allocated_bytes_total')],
  'CMP-CONNECTIONS': (samples) => [
    ...['database_pool_total', 'database_pool_idle'].map((name) => maxOf(samples, name)),
    counterOf(samples, 'database_pool_waits_total'),
  ],
};

/** Empty where both are programs that we start: what such a one does not tell leaves its claim open. */
export async function untoldClaims(arms: readonly (object | { url: string })[], progress: Progress): Promise<string[]> {
  const urls = arms.flatMap((arm) => ('url' in arm ? [arm.url] : []));
  if (urls.length === 0) return [];
  const scrapes = await Promise.all(urls.map((url) => metricsOf(url, progress)));
  const silent = Object.entries(toldBy)
    .filter(([, read]) => scrapes.some((samples) => read(samples).includes(null)))
    .map(([id]) => id);
  const untold = [...never, ...silent];
  progress({ kind: 'warning', message: `not judged, because a URL does not tell it: ${untold.join(', ')}` });
  return untold;
}

async function metricsOf(url: string, progress: Progress): Promise<MetricSample[]> {
  try {
    return await scrapeService({ arm: 'base', slot: 0, url, pid: null });
  } catch (error) {
    progress({ kind: 'warning', message: `${url} tells nothing of itself: ${String(error)}` });
    return [];
  }
}
