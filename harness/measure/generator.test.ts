import { describe, expect, it } from 'vitest';
import { notGathered } from '../model/artefact.ts';
import { type WindowFigures, generatorFacts, offeredPerSecond } from './generator.ts';
import { SampleStream } from './sample-stream.ts';
import { inWindow, windowFrom } from './window.ts';

const figures = (changes: Partial<WindowFigures>): WindowFigures => ({
  requests: 0,
  errors: 0,
  loadRequests: 0,
  loadMeanMs: 0,
  ...changes,
});

describe('windowFrom', () => {
  const window = windowFrom(10_000, { warmUpMs: 5_000, durationMs: 30_000 });

  it('begins after the warm-up and lasts for the measured time', () => {
    expect(window).toEqual({ loadStartedAtMs: 10_000, warmUpEndsAtMs: 15_000, measureEndsAtMs: 45_000 });
  });

  it.each([
    [14_999, false],
    [15_000, true],
    [45_000, true],
    [45_001, false],
  ])('%d ms: %s', (atMs, counts) => {
    expect(inWindow(window, atMs)).toBe(counts);
  });
});

describe('offeredPerSecond', () => {
  const closed = { kind: 'closed', users: 100, thinkTimeMs: 1_000 } as const;

  it('is the declared rate of open load, whatever came of it', () => {
    expect(offeredPerSecond({ kind: 'open', ratePerSecond: 42 }, figures({ loadRequests: 1 }), 1)).toBe(42);
  });

  it('is users / (think time + latency) of closed load', () => {
    expect(offeredPerSecond(closed, figures({ loadRequests: 800, loadMeanMs: 250 }), 800)).toBe(80);
  });

  it('counts the requests of an iteration, as all of them share one think time', () => {
    const three = figures({ loadRequests: 300, loadMeanMs: 1_000 / 3 });
    expect(offeredPerSecond(closed, three, 100)).toBeCloseTo(150, 10);
  });

  it('is the users’ own rate where nothing was answered', () => {
    expect(offeredPerSecond(closed, figures({}), 0)).toBe(100);
  });
});

describe('generatorFacts', () => {
  const exit = { exitCode: 0, signal: null, endedAtMs: 50_000, stderrTail: [] };
  const stream = new SampleStream({
    onHeader: () => undefined,
    onRequest: () => undefined,
    onLoadStart: () => undefined,
  });
  stream.iterationsMs.push(14_000, 15_000, 20_000, 46_000);
  stream.droppedMs.push(14_000, 16_000);
  const window = windowFrom(10_000, { warmUpMs: 5_000, durationMs: 10_000 });
  const input = {
    exit,
    stream,
    figures: figures({ requests: 20, loadRequests: 20, loadMeanMs: 5 }),
    cgroup: notGathered('NO_WINDOW', 'not part of this test'),
    gomaxprocs: 2,
  };

  it('cuts iterations and dropped ones to the window', () => {
    const facts = generatorFacts({
      ...input,
      workload: { kind: 'open', ratePerSecond: 1 },
      window,
      cpuSecondsPerSecond: 0.5,
    });
    expect(facts).toMatchObject({ iterations: 2, droppedIterations: 1, achievedPerSecond: 0.2, cpuShare: 0.25 });
  });

  it('has nothing where the load never began', () => {
    const workload = { kind: 'closed', users: 1, thinkTimeMs: 1_000 } as const;
    const facts = generatorFacts({ ...input, workload, window: null, figures: figures({}), cpuSecondsPerSecond: 0 });
    expect(facts).toMatchObject({ iterations: 0, achievedPerSecond: 0, setupEndedAtMs: 50_000 });
  });
});
