/** A kill matrix for tests: a few mutants of each layer, all of them seen. */
import type { KillMatrix, RecordedKillMatrix, TriedMutant, TriedProbe } from '../kill-matrix.ts';
import { ownProbeLayers } from '../mutant.ts';
import type { ProbeLayer } from '../probe-layer.ts';

const fingerprint = 'f'.repeat(64);

const probes: readonly (readonly [ProbeLayer, string])[] = [
  ['api', 'foreign id: GET /v1/trades/:id'],
  ['api', 'cached exposure of another tenant'],
  ['sql', 'sql: select from trades of another tenant'],
  ['sql', 'sql: insert into orders for another tenant'],
  ['sql', 'sql: no context on positions'],
  ['sql', 'sql: sequences of another tenant'],
  ['pool', 'pool: context after a cancelled query'],
  ['redis', "redis: SCAN over another tenant's keys"],
  ['vault', "vault: read another tenant's broker credentials"],
  ['telemetry', 'logs: canary in a line of the log'],
];

const mutants: readonly (readonly [string, TriedMutant['layer'], string, readonly number[]])[] = [
  ['policy-dropped', 'postgres', 'one table has no policy any more', [2, 3, 4]],
  ['no-with-check', 'postgres', 'rows may be written for another tenant', [3]],
  ['context-kept', 'postgres', 'the context of the last request stays on the connection', [6]],
  ['all-keys', 'redis', 'the service may touch every key', [7]],
  ['wide-policy', 'vault', 'a tenant may read the secrets of all', [8]],
  ['shared-cache', 'service', 'cache keys without the tenant', [0, 1]],
  ['body-logged', 'service', 'bodies of requests are part of the log', [9]],
];

function triedProbe([layer, probe]: (typeof probes)[number]): TriedProbe {
  const counts = { count: 6, violations: 0, undecided: 0, controls: 6, controlFailures: 0 };
  return { probe, layer, claim: 'SEC-ISO', ...counts, example: null };
}

function triedMutant([id, layer, title, killers]: (typeof mutants)[number]): TriedMutant {
  const killedBy = killers.flatMap((index) => {
    const found = probes[index];
    if (found === undefined) return [];
    const [of, probe] = found;
    return [{ probe, layer: of, violations: 2, count: 6, example: 't00001-cedar saw 3 foreign rows' }];
  });
  const about = { id, layer, title, claim: 'SEC-ISO', coveredBy: null };
  return { ...about, outcome: 'killed', asked: [...ownProbeLayers[layer]], killedBy, reason: null, wallMs: 2_100 };
}

export function buildKillMatrix(): KillMatrix {
  return {
    schemaVersion: 1,
    startedAt: '2025-11-21T08:00:00.000Z',
    wallMs: 248_000,
    version: '0.1.0',
    commit: '4f7a91c02b6de0c1aa43f7be1f5f0e7c9d1b2a30',
    fingerprint,
    environment: 'embedded',
    tenants: 6,
    notTried: [],
    probes: probes.map(triedProbe),
    mutants: mutants.map(triedMutant),
  };
}

/** As a run takes it along. */
export function recordKillMatrix(change: Partial<KillMatrix> = {}): RecordedKillMatrix {
  return { fingerprint, from: 'this machine', matrix: { ...buildKillMatrix(), ...change } };
}
