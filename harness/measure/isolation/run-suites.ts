/** Runs suites of probes one after the other; a layer that cannot be asked comes out as one undecided probe that says why. */
import type { ProbeCount } from '../../model/measurement.ts';
import type { ProbeScene, ProbeSuite } from './probe-scene.ts';

/** Never rejects: what other layers showed stays, whatever became of one. */
export async function runSuites(suites: readonly ProbeSuite[], scene: ProbeScene): Promise<ProbeCount[]> {
  const counts: ProbeCount[] = [];
  for (const suite of suites) counts.push(...(await runSuite(suite, scene)));
  return counts;
}

async function runSuite(suite: ProbeSuite, scene: ProbeScene): Promise<ProbeCount[]> {
  try {
    scene.signal.throwIfAborted();
    return await suite.run(scene);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const { layer } = suite;
    const outcome = { count: 1, violations: 0, undecided: 1, examples: [`this layer could not be asked: ${reason}`] };
    return [{ layer, claim: 'SEC-ISO', probe: `${layer}: every probe of this layer`, kind: 'probe', ...outcome }];
  }
}
