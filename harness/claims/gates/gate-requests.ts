/** The requests of one experiment that a gate of one's own selects. */
import type { Experiment } from '../../model/experiment.ts';
import type { Evidence } from '../../model/claim.ts';
import { closestName } from '../../model/closest-name.ts';
import type { SampledBlock } from '../../model/measured-rows.ts';
import type { PolicyGate } from '../../model/policy-gate.ts';
import { type Missing, sampledBlocksOf } from '../blocks-of.ts';
import { type RequestColumns, endpointsOf, requestColumns } from '../request-columns.ts';
import { armOfGate } from './gate-experiments.ts';

export type GateRequests =
  | {
      blocks: RequestColumns[];
      /** Of a counter with a status: how many requests there were whatever their status; none were counted in vain. */
      population: number;
    }
  | { missing: Missing };

export function gateRequests(evidence: Evidence, experiment: Experiment, gate: PolicyGate): GateRequests {
  const found = sampledBlocksOf(evidence, experiment.id, []);
  if ('missing' in found) return found;
  const arm = armOfGate(gate, experiment);
  const blocks = found.blocks.map((block) => requestColumns(block, arm, isSelected(block, gate)));
  // A status is what a counter counts, not whom it asks: that none was answered 500 is a count of nought, not an empty selection.
  const asked = gate.selector.metric === 'http_reqs' && gate.selector.status !== null;
  const anyStatus = { ...gate, selector: { ...gate.selector, status: null } };
  const population = asked
    ? found.blocks.map((block) => requestColumns(block, arm, isSelected(block, anyStatus)))
    : blocks;
  const requests = population.reduce((total, { durationMs }) => total + durationMs.length, 0);
  if (requests > 0) return { blocks, population: requests };
  const everything = found.blocks.map((block) => requestColumns(block, arm));
  return { missing: nothingSelected(experiment.id, gate, endpointsOf(everything)) };
}

function isSelected({ samples }: SampledBlock, { selector }: PolicyGate): (row: number) => boolean {
  const endpoint = selector.endpoint === null ? null : samples.endpoints.indexOf(selector.endpoint);
  const tier = selector.tier === null ? null : samples.tiers.indexOf(selector.tier);
  return (row) =>
    (endpoint === null || samples.endpoint[row] === endpoint) &&
    (tier === null || samples.tier[row] === tier) &&
    (selector.status === null || samples.status[row] === selector.status);
}

function nothingSelected(experimentId: string, { selector }: PolicyGate, endpoints: readonly string[]): Missing {
  const reason = `No request in the measured time of ${experimentId} is of its selection`;
  const { endpoint } = selector;
  if (endpoint === null || endpoints.includes(endpoint)) {
    return { reason: `${reason}.`, needs: 'a run with such requests, or another selection' };
  }
  const closest = closestName(endpoint, endpoints);
  const advice = closest === null ? `there are ${endpoints.join(', ') || 'none'}` : `did you mean ${closest}?`;
  return {
    reason: `${reason}: it has no endpoint ${endpoint}; ${advice}`,
    needs: 'the name of an endpoint that is loaded',
  };
}
