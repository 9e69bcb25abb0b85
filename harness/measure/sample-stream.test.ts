import { describe, expect, it } from 'vitest';
import { SampleStream } from './sample-stream.ts';

const HEADER = 'metric_name,timestamp,metric_value,error_code,expected_response,scenario,status,extra_tags,metadata';

function feed(lines: string[]) {
  const requests: string[] = [];
  const starts: number[] = [];
  const stream = new SampleStream({
    onHeader: () => undefined,
    onRequest: (line) => requests.push(line),
    onLoadStart: (atMs) => starts.push(atMs),
  });
  for (const line of [HEADER, ...lines]) stream.addLine(line);
  return { stream, requests, starts };
}

describe('SampleStream', () => {
  it('passes requests on unchanged, counts both counters, and leaves the rest', () => {
    const line = 'http_req_duration,1000000,5.5,,true,load,200,endpoint=a&arm=rls&tier=pro,pair=7';
    const { stream, requests } = feed([
      'http_reqs,1000000,1.000000,,true,load,200,endpoint=a&arm=rls&tier=pro,pair=7',
      line,
      'http_req_waiting,1000000,5.000000,,true,load,200,endpoint=a,',
      'vus,1000000,5.000000,,,,,,',
    ]);
    expect(requests).toEqual([line]);
    expect([stream.requests, stream.requestsByCounter]).toEqual([1, 1]);
  });

  it('shows load in the live figures, not logins of setup', () => {
    const { stream } = feed([
      'http_req_duration,1000000,700.0,,true,,200,endpoint=auth.login,',
      'http_req_duration,1000000,5.0,,true,load,200,endpoint=a,',
      'http_req_duration,1000000,9.0,1503,false,load,503,endpoint=a,',
    ]);
    expect(stream.live.read(2_000)).toEqual({
      ratePerSecond: 2,
      p50Ms: 7,
      p99Ms: expect.closeTo(8.96, 6) as number,
      errors: 1,
    });
  });

  it('takes the first start of the load', () => {
    const { starts } = feed([
      'load_start,1000000,1763808000123.000000,,,warm-up,,,',
      'load_start,1000000,1763808009999.000000,,,rls-cost,,,',
    ]);
    expect(starts).toEqual([1_763_808_000_123]);
  });

  it('counts iterations of the load and leaves those of probes', () => {
    const { stream } = feed([
      'iterations,2000000,1.000000,,,background,,,',
      'iterations,2000000,1.000000,,,probes,,,',
      'dropped_iterations,3000000,1.000000,,,load,,,',
      'dropped_iterations,3000000,1.000000,,,probes,,,',
    ]);
    expect(stream.iterationsMs).toEqual([2_000]);
    expect(stream.droppedMs).toEqual([3_000]);
  });

  it('tallies probes with the example from the metadata', () => {
    const tags = 'claim=SEC-ISO&probe=foreign id: GET /v1/trades/:id&kind=probe';
    const { stream } = feed([
      `isolation_probe,1,1.000000,,,probes,,${tags}&result=ok,`,
      `isolation_probe,1,1.000000,,,probes,,result=violation&${tags},"detail=saw ""cnry_0"", not own&pair=3"`,
    ]);
    expect(stream.probes.counts()).toEqual([
      {
        layer: 'api',
        claim: 'SEC-ISO',
        probe: 'foreign id: GET /v1/trades/:id',
        kind: 'probe',
        count: 2,
        violations: 1,
        undecided: 0,
        examples: ['saw "cnry_0", not own'],
      },
    ]);
  });
});
