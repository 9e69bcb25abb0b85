/** Gates of one's own: what is clearly within holds, what is clearly beyond is broken, and of little or nothing nothing is said. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gateFinding } from '../../gate/gate-finding.ts';
import type { Evidence } from '../../model/claim.ts';
import type { Judgement } from '../../model/finding.ts';
import type { GateEntry } from '../../model/gate-schema.ts';
import { policyGates } from '../../model/policy-gates.ts';
import { buildBlock, measuredFromMs } from '../testing/build-block.ts';
import { buildEvidence, experimentNamed } from '../testing/build-evidence.ts';
import { comparedRun } from '../testing/compared-load.ts';
import { type SampleRow, steadyLoad } from '../testing/sample-rows.ts';
import { testThresholds } from '../testing/test-thresholds.ts';
import { countGateFigures, judgeGates } from './judge-gates.ts';

const healthy = buildEvidence();

function gatesOf(gates: Record<string, GateEntry[]>) {
  return policyGates({ ...testThresholds, gates });
}

function judge(selector: string, entry: GateEntry, evidence: Evidence = healthy, figures = 1) {
  const [judged] = judgeGates(evidence, gatesOf({ [selector]: [entry] }), { figures, looksAt: () => null });
  if (judged === undefined) throw new Error('no gate');
  return judged;
}

function outcome(selector: string, entry: GateEntry, evidence?: Evidence): Judgement['outcome'] | undefined {
  return judge(selector, entry, evidence).parts[0]?.judgement.outcome;
}

/** The target load with rows changed. */
function withTarget(change: (rows: SampleRow[]) => SampleRow[], seconds = 20): Evidence {
  const rows = change(steadyLoad({ fromMs: measuredFromMs, seconds, perSecond: 300, seed: 3 }));
  const experiment = { ...experimentNamed('target'), durationMs: seconds * 1000 };
  return buildEvidence({ target: [buildBlock({ experiment, block: 0, rows })] });
}

const everyTwentieth = (status: number) => (rows: SampleRow[]) =>
  rows.map((row, index) => (index % 20 === 0 ? { ...row, status } : row));

describe('two builds that are compared', () => {
  const compared = comparedRun({ blocks: 6 });

  it('are not judged by gates about other loads, such as those of the README', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const example = /```json\n("gates": \{[^`]*\})\n```/.exec(readme)?.[1];
    const { gates } = JSON.parse(`{${example ?? ''}}`) as { gates: Record<string, GateEntry[]> };
    expect(Object.keys(gates).length).toBeGreaterThan(2);
    const judged = judgeGates(compared, gatesOf(gates), { figures: 1, looksAt: () => null });
    expect(judged.flatMap(({ parts }) => parts)).toEqual([]);
    expect(judged.map((one) => gateFinding(one, []).gated)).not.toContain(true);
    expect(countGateFigures(gatesOf(gates), compared.experiments)).toBe(0);
  });

  it.each([
    ['http_req_duration{scenario:compare}', 1],
    ['http_req_duration{arm:candidate}', 1],
    ['http_req_duration{arm:base}', 1],
    ['http_req_duration{arm:rls}', 0],
    ['http_req_duration{arm:candidate,scenario:target}', 0],
  ])('are judged by %s as often as %i', (selector, parts) => {
    expect(judge(selector, 'med<4000', compared).parts).toHaveLength(parts);
  });
});

describe('a gate of one’s own', () => {
  // 5 ms and an exponential tail of mean 10 ms: mean 15, median 11.9, p95 35, p99 51.
  it.each([
    ['http_req_duration{scenario:target}', 'p(99)<100', 'holds'],
    ['http_req_duration{scenario:target}', 'p(99)<30', 'broken'],
    ['http_req_duration{scenario:target}', 'p(95)<=60', 'holds'],
    ['http_req_duration{scenario:target}', 'med<40', 'holds'],
    ['http_req_duration{scenario:target}', 'med<8', 'broken'],
    ['http_req_duration{scenario:target}', 'med>8', 'holds'],
    ['http_req_duration{scenario:target}', 'p(50)>30', 'broken'],
    ['http_req_duration{scenario:target}', 'avg<20', 'holds'],
    ['http_req_duration{scenario:target}', 'avg<10', 'broken'],
    ['http_req_duration{scenario:target}', 'max<10000', 'holds'],
    ['http_req_duration{scenario:target}', 'max<20', 'broken'],
    ['http_req_duration{scenario:target}', 'min>=5', 'holds'],
    ['http_req_duration{scenario:target}', 'min>9', 'broken'],
    ['http_req_failed{scenario:target}', 'rate<0.01', 'holds'],
    ['http_reqs{scenario:target}', 'rate>100', 'holds'],
    ['http_reqs{scenario:target}', 'rate>1000', 'broken'],
    ['http_reqs{scenario:target}', 'count>1000', 'holds'],
    ['http_reqs{scenario:target}', 'count==3', 'broken'],
    ['http_reqs{scenario:target,status:500}', 'count==0', 'holds'],
    ['http_reqs{scenario:target,status:500}', 'rate<1', 'holds'],
    ['http_reqs{scenario:rls-cost,arm:filter}', 'count!=0', 'holds'],
  ] as const)('%s %s %s', (selector, expression, expected) => {
    expect(outcome(selector, expression)).toBe(expected);
  });

  it('is about every load of the production arm where it names none, and about no other', () => {
    const { parts } = judge('http_req_duration', 'p(99)<500');
    expect(parts.map(({ experimentId }) => experimentId)).toEqual([
      'baseline',
      'target',
      'baseline-open',
      'target-open',
    ]);
  });

  it('is inconclusive where its selection matches nothing, and names the nearest endpoint', () => {
    const found = judge('http_req_duration{scenario:target,endpoint:trades.lst}', 'p(99)<500').parts[0]?.judgement;
    expect(found).toMatchObject({ outcome: 'inconclusive' });
    expect(JSON.stringify(found)).toContain('did you mean trades.list?');
    expect(outcome('http_req_duration{scenario:target,tier:enterprise}', 'p(99)<500')).toBe('inconclusive');
    expect(outcome('http_req_failed{scenario:target,status:503}', 'rate<0.5')).toBe('inconclusive');
    expect(judge('http_req_duration{scenario:soak}', 'p(99)<500').parts).toEqual([]);
  });

  it('says how much more it needs where its interval lies around the limit', () => {
    const found = judge('http_req_duration{scenario:target}', 'p(99)<52').parts[0]?.judgement;
    expect(found).toMatchObject({
      outcome: 'inconclusive',
      needs: expect.stringMatching(/about .* more samples/) as string,
    });
    const mean = judge('http_req_duration{scenario:target}', 'avg<15.01').parts[0]?.judgement;
    expect(mean).toMatchObject({ outcome: 'inconclusive', needs: expect.stringMatching(/seconds|limit/) as string });
  });

  it('never holds on a handful of requests', () => {
    const short = withTarget((rows) => rows.slice(0, 20));
    for (const expression of ['p(99)<500', 'avg<500', 'max<500', 'med<500']) {
      expect(outcome('http_req_duration{scenario:target}', expression, short)).toBe('inconclusive');
    }
    expect(outcome('http_req_failed{scenario:target}', 'rate<0.5', short)).toBe('inconclusive');
    const asked = { threshold: 'p(99)<500', minimumSamples: 1_000_000 };
    expect(outcome('http_req_duration{scenario:target}', asked)).toBe('inconclusive');
  });

  it('says of a mean that the measured time is too short', () => {
    const short = withTarget((rows) => rows, 8);
    const found = judge('http_reqs{scenario:target}', 'rate>1', short).parts[0]?.judgement;
    expect(found).toMatchObject({ outcome: 'inconclusive', needs: 'a measured time of at least twelve seconds' });
    expect(JSON.stringify(found)).toContain('the measured time is too short');
  });

  it('counts a failed request as slow, and of a lower limit as fast', () => {
    const failing = withTarget(everyTwentieth(503));
    expect(outcome('http_req_duration{scenario:target}', 'p(99)<400', failing)).toBe('broken');
    expect(outcome('http_req_duration{scenario:target}', 'max<10000', failing)).toBe('broken');
    expect(outcome('http_req_duration{scenario:target}', 'min>1', failing)).toBe('broken');
    expect(outcome('http_req_failed{scenario:target}', 'rate<0.01', failing)).toBe('broken');
    expect(outcome('http_req_failed{scenario:target}', 'rate<0.2', failing)).toBe('holds');
    expect(outcome('http_reqs{scenario:target,status:503}', 'count<10', failing)).toBe('broken');
  });

  it('is not judged when it is switched off, and takes its share of the error when it is not', () => {
    const off = judge('http_req_duration{scenario:target}', { threshold: 'p(99)<500', level: 'off' });
    expect(off).toMatchObject({ parts: [], missing: 'Switched off by the policy: not judged.' });
    const width = (figures: number) => {
      const found = judge('http_req_duration{scenario:target}', 'p(99)<500', healthy, figures).parts[0]?.judgement;
      return (found?.quantity?.interval[1] ?? 0) - (found?.quantity?.interval[0] ?? 0);
    };
    expect(width(10)).toBeGreaterThan(width(1));
  });

  it('counts figures once: neither warnings, nor exact counts, nor the same percentile with another limit', () => {
    const gates = gatesOf({
      'http_req_duration{scenario:target}': [
        'p(99)<500',
        'p(99)<300',
        { threshold: 'med<40', level: 'warn' },
        'max<900',
      ],
      http_req_failed: ['rate<0.01'],
      'http_reqs{scenario:target}': ['count>5'],
    });
    expect(countGateFigures(gates, healthy.experiments)).toBe(1 + 4);
  });
});
