/** Builds a selftest in which every regression was found and identical arms stayed quiet. */
import type { Quantity } from '../../model/quantity.ts';
import type { RecordedSelftest, SelftestCase } from '../../model/selftest.ts';
import { machine } from './machine.ts';

function quantity(unit: Quantity['unit'], value: number, spread: number): Quantity {
  return {
    value,
    unit,
    direction: 'lower-is-better',
    samples: 6,
    interval: [value - spread, value + spread],
    confidence: 0.99,
  };
}

type Short = readonly [id: string, claim: string | null, title: string, seen: Quantity, limit: number];

const short: readonly Short[] = [
  ['identical', null, 'the same program in both arms', quantity('ratio', 1.002, 0.009), 1.02],
  ['busy-cpu', 'CMP-MEDIAN', 'every request computes 5 % longer', quantity('ratio', 1.052, 0.012), 1.02],
  ['extra-query', 'CMP-STATEMENTS', 'every transaction runs one statement more', quantity('ratio', 1.48, 0.004), 1],
  ['slow-tenant', 'CMP-TENANT', 'the requests of one tenant wait 30 ms', quantity('ratio', 9.4, 1.8), 1.25],
  ['leaking-pool', 'CMP-CONNECTIONS', 'one in 400 connections is not given back', quantity('count', 2.5, 0.8), 0],
];

const cases: SelftestCase[] = short.map(([id, claim, title, seen, limit]) => ({
  ...{ id, claim, title, limit, quantity: seen, unit: seen.unit },
  outcome: claim === null ? 'quiet' : 'found',
  explanation: 'As it should be.',
  alsoBroken: id === 'extra-query' ? ['CMP-CPU'] : [],
  invalid: null,
  blocks: 6,
  wallMs: 74_000,
  folder: id,
}));

export function buildSelftest(): RecordedSelftest {
  const { kind, host } = machine.environment;
  return {
    sameMethod: true,
    samePolicy: true,
    selftest: {
      schemaVersion: 1,
      startedAt: '2025-11-20T09:30:00.000Z',
      wallMs: 840_000,
      version: '0.1.0',
      commit: machine.environment.gitSha,
      method: '7'.repeat(64),
      policy: '5'.repeat(64),
      machine: { cpu: host.cpu, cores: host.cores, environment: kind },
      tenants: 25,
      rowsPerTenant: 5000,
      seed: 'signoff',
      atMostMs: 180_000,
      notTried: [],
      cases: structuredClone(cases),
    },
  };
}
