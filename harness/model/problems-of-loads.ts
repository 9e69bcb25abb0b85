/** Tags of a gate of one's own that no load answers: a name that nothing sends, or one that is sent elsewhere than the gate looks. */
import type { GateProblem } from './gate-problem.ts';
import { loadsOf, scenariosWithEndpoint } from './known-loads.ts';

export interface LoadTags {
  scenario: string | null;
  endpoint: string | null;
  arm: string | null;
}

/** `refused`: another part was, and may be the wrong one of two that do not go together; then only what nothing sends is told. */
export function problemsOfLoads(tags: LoadTags, { refused }: { refused: boolean }): GateProblem[] {
  const ofArm = refused ? null : problemOfArm(tags);
  const problem = ofArm ?? problemOfEndpoint(tags, refused);
  return problem === null ? [] : [problem];
}

function problemOfArm({ scenario, arm }: LoadTags): GateProblem | null {
  const loads = loadsOf({ scenario, arm });
  if (scenario === null || arm === null || loads.length === 0) return null;
  const arms = loads.flatMap((load) => load.arms);
  if (arms.some((each) => each === arm)) return null;
  return { place: '', what: `has an arm that ${scenario} does not load:`, given: arm, allowed: arms.join(', ') };
}

function problemOfEndpoint({ endpoint, ...tags }: LoadTags, refused: boolean): GateProblem | null {
  const loads = loadsOf(tags);
  if (endpoint === null || loads.length === 0) return null;
  const known = [...new Set(loads.flatMap(({ endpoints }) => endpoints))];
  if (known.includes(endpoint)) return null;
  const allowed = known.join(', ');
  const elsewhere = scenariosWithEndpoint(endpoint);
  if (elsewhere.length === 0) return { place: '', what: 'has an unknown endpoint', given: endpoint, allowed, known };
  if (refused) return null;
  const places = elsewhere.map((id) => `scenario:${id}`).join(', ');
  const what = 'has an endpoint that its loads do not send:';
  return { place: '', what, given: endpoint, allowed: `${allowed} (it is sent by ${places})` };
}
