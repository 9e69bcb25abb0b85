/** Of which probes, which mutants and which service a kill matrix speaks: a sum of their sources. With other ones it says nothing. */
import { hashSources } from './hash-sources.ts';

const places = [
  'harness/measure/isolation',
  // The false tokens that probes send.
  'harness/measure/forge-tokens.ts',
  'harness/faults/mutants',
  'scenarios/isolation.ts',
  'scenarios/lib',
  'reference-service',
];

/** What is run or read: programs, SQL, policies, rules. Attacks on the service are tests of it, and documents run nowhere. */
const isSource = /\.(ts|js|mjs|sql|hcl|acl|json)$/;
const isAside = /\.test\.ts$|(^|\/)(testing|attacks|planted-violation)\//;

/** SHA-256; a defect that a run plants is built in beside the tree and changes nothing of it. */
export async function killMatrixFingerprint(root: string): Promise<string> {
  return await hashSources({ base: root, places, counts: (name) => isSource.test(name) && !isAside.test(name) });
}
