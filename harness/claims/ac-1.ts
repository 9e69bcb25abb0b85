/** AC-1: the development environment is set up, and how long that took. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import { inconclusive } from './inconclusive.ts';
import { numberText } from './number-text.ts';

/** What approval condition 1 names, with the lowest version that will do; null where it names none. */
const required: readonly { name: string; lowestMajor: number | null }[] = [
  { name: 'postgres', lowestMajor: 14 },
  { name: 'redis', lowestMajor: 7 },
  { name: 'vault', lowestMajor: null },
];

export const ac1: Claim = {
  id: 'AC-1',
  promised: null,
  title: 'The development environment comes up by itself',
  failureTitle: 'The development environment is not what the condition asks for',
  why: 'By hand it takes 60 to 90 minutes; what takes that long is not done often, and not twice alike.',
  source: ['AC-1'],
  experimentId: null,
  requires: [],
  decidesInInvalidRun: false,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['AC-1'].limit),
};

function judge(evidence: Evidence, limitSeconds: number): Judgement {
  const { environment, prerequisites, environmentReadyMs } = evidence;
  const quantity: Quantity = {
    value: environmentReadyMs / 1000,
    unit: 's',
    direction: 'lower-is-better',
    samples: 1,
    // One reading bounds nothing.
    interval: [null, null],
    confidence: 0.95,
  };
  const rows = prerequisites.map(({ title, ok, found, fix }): EvidenceRow => {
    const note = fix === null || ok ? found : `${found}; to fix: ${fix}`;
    return { label: title, outcome: ok ? 'holds' : 'inconclusive', note };
  });
  if (prerequisites.length === 0) {
    return inconclusive({
      reason: 'The prerequisites were not looked at.',
      needs: 'a run with `signoff doctor`',
      quantity,
    });
  }
  const unknown = required.filter(({ name }) => environment.versions[name] === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    const reason = `The environment does not say which version it has of ${unknown.join(', ')}.`;
    return inconclusive({ reason, needs: 'a run that records the versions', quantity, evidence: rows });
  }
  const versions = required.map(({ name }) => `${name} ${environment.versions[name]}`).join(', ');
  const old = required.filter(({ name, lowestMajor }) => !isNewEnough(environment.versions[name] ?? '', lowestMajor));
  const took = `servers ready after ${numberText(quantity.value)} s (installing and building tools, once a machine, not counted)`;
  if (old.length > 0) {
    const asked = old.map(({ name, lowestMajor }) => `${name} ${lowestMajor} or later`).join(', ');
    return { outcome: 'broken', quantity, evidence: rows, explanation: `Found ${versions}; asked for ${asked}.` };
  }
  const lacking = prerequisites.filter(({ ok }) => !ok).map(({ title }) => title);
  if (lacking.length > 0) {
    const reason = `The doctor found prerequisites that are not met: ${lacking.join(', ')}.`;
    return inconclusive({
      reason,
      needs: 'a machine on which `signoff doctor` finds nothing to mend',
      quantity,
      evidence: rows,
    });
  }
  const outcome = quantity.value <= limitSeconds ? 'holds' : 'broken';
  const explanation = `${versions}: ${took}, limit ${numberText(limitSeconds)} s.`;
  return { outcome, quantity, evidence: rows, explanation };
}

/** Versions that do not begin with a number ("valkey 8") are read from their first number. */
function isNewEnough(version: string, lowestMajor: number | null): boolean {
  if (lowestMajor === null) return true;
  const major = /\d+/.exec(version)?.[0];
  return major !== undefined && Number(major) >= lowestMajor;
}
