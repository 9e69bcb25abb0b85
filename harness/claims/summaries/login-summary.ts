/** What the real logins before the load cost, apart from every gate. */
import type { Evidence } from '../../model/claim.ts';
import type { Result } from '../../model/result.ts';
import { latencySummary } from './latency-summary.ts';

const loginEndpoint = 'auth.login';

export function loginSummary({ blocks }: Evidence): Result['logins'] {
  const durations: number[] = [];
  for (const { samples } of blocks) {
    if (samples === null) continue;
    const login = samples.endpoints.indexOf(loginEndpoint);
    for (let row = 0; row < samples.count; row += 1) {
      if (samples.setup[row] === 1 && samples.endpoint[row] === login) durations.push(samples.durationMs[row] ?? 0);
    }
  }
  const { p50Ms, p95Ms } = latencySummary(Float64Array.from(durations));
  return { count: durations.length, p50Ms, p95Ms };
}
