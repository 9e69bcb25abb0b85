import { expect, it } from 'vitest';
import type { ProbeCount } from '../../model/measurement.ts';
import type { ProbeScene, ProbeSuite } from './probe-scene.ts';
import { runSuites } from './run-suites.ts';

/** Suites of a test look at nothing but the signal. */
const sceneWith = (signal: AbortSignal): ProbeScene => ({ signal }) as ProbeScene;

const counted: ProbeCount = {
  layer: 'redis',
  claim: 'SEC-ISO',
  probe: 'redis: SCAN',
  kind: 'probe',
  count: 1,
  violations: 0,
  undecided: 0,
  examples: [],
};

const answering: ProbeSuite = { layer: 'redis', run: () => Promise.resolve([counted]) };
const silent: ProbeSuite = { layer: 'vault', run: () => Promise.reject(new Error('connection refused')) };

it('keeps what one layer showed when another cannot be asked, and says which', async () => {
  const counts = await runSuites([silent, answering], sceneWith(new AbortController().signal));
  expect(counts).toHaveLength(2);
  expect(counts[0]).toMatchObject({
    layer: 'vault',
    kind: 'probe',
    undecided: 1,
    examples: [expect.stringContaining('connection refused') as string],
  });
  expect(counts[1]).toEqual(counted);
});

it('asks nothing more once it was interrupted', async () => {
  const counts = await runSuites([answering], sceneWith(AbortSignal.abort(new Error('interrupted'))));
  expect(counts).toMatchObject([{ layer: 'redis', undecided: 1 }]);
});
