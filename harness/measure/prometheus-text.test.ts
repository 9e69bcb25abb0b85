import { describe, expect, it } from 'vitest';
import { counterOf, maxOf, parsePrometheusText, sumOf } from './prometheus-text.ts';

const TEXT = `# HELP http_request_duration_seconds Time.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="+Inf",method="GET",route="/a",status="200",rls_mode="rls"} 3
http_request_duration_seconds_count{method="GET",route="/a",status="200",rls_mode="rls"} 3
http_request_duration_seconds_count{method="GET",route="/b \\"quoted\\"",status="503"} 2
nodejs_eventloop_lag_p99_seconds 0.0123
gauge_with_time 7 1763808000000
weird -Inf
`;

describe('parsePrometheusText', () => {
  const samples = parsePrometheusText(TEXT);

  it('reads names, labels and values', () => {
    expect(samples).toHaveLength(6);
    expect(samples[2]?.labels).toEqual({ method: 'GET', route: '/b "quoted"', status: '503' });
    expect(maxOf(samples, 'nodejs_eventloop_lag_p99_seconds')).toBe(0.0123);
    expect(maxOf(samples, 'gauge_with_time')).toBe(7);
    expect(maxOf(samples, 'weird')).toBe(Number.NEGATIVE_INFINITY);
  });

  it('sums the samples that match, and knows what is not there', () => {
    const name = 'http_request_duration_seconds_count';
    expect(sumOf(samples, name)).toBe(5);
    expect(sumOf(samples, name, ({ labels }) => labels['status'] === '503')).toBe(2);
    expect(sumOf(samples, 'absent')).toBe(0);
    expect(maxOf(samples, 'absent')).toBeNull();
    expect(counterOf(samples, name)).toBe(5);
    expect(counterOf(samples, 'absent')).toBeNull();
  });

  it('refuses a line that is none', () => {
    expect(() => parsePrometheusText('<html>')).toThrow('not a line');
  });
});
