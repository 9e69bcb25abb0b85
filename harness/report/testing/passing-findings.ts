/** The findings of a run in which every gated claim holds. */
import type { Finding } from '../../model/result.ts';
import { latencyFinding, ratio, unmeasuredFinding, violations } from './build-finding.ts';
import { probeRows } from './probe-rows.ts';

const costs: readonly (readonly [string, number])[] = [
  ['portfolios.list', 1.061],
  ['portfolios.positions', 1.094],
  ['trades.list', 1.112],
  ['trades.get', 1.048],
  ['signals.list', 1.083],
  ['orders.create', 1.127],
  ['orders.list', 1.102],
  ['risk.exposure', 1.174],
  ['quotes.list', 1.006],
];

export function zeroTolerance(id: string, title: string, source: string[], probes: number): Finding {
  return {
    id,
    title,
    why: 'One leak between tenants ends the product.',
    source,
    gated: true,
    outcome: 'holds',
    quantity: violations(0, probes),
    limit: 0,
    unit: 'count',
    explanation: 'No probe saw a violation, and every control was let in.',
    needs: null,
    evidence: probeRows
      .filter((row) => row.claim === id)
      .map((row) => ({ label: row.probe, quantity: violations(0, row.probes), outcome: 'holds' as const, note: null })),
  };
}

function rlsCost(): Finding {
  return {
    id: 'RLS-COST',
    title: 'Row-level security costs at most 25 % latency',
    why: 'Isolation that is too dear is switched off.',
    source: ['RLS-COST', 'RIS-004'],
    gated: true,
    outcome: 'holds',
    quantity: ratio(1.092, 14_400, 0.014),
    limit: 1.25,
    unit: 'ratio',
    explanation:
      'A request with row-level security takes 1.09 times as long as with the explicit filter, with 95 % confidence at most 1.11 times, over 6 blocks and 14,400 pairs; limit 1.25.',
    needs: null,
    evidence: [
      ...costs.map(([label, value], index) => ({
        label,
        quantity: ratio(value, 1600 - index * 70, 0.018 + index * 0.004),
        outcome: null,
        note: null,
      })),
      {
        label: 'all endpoints, against bare',
        quantity: ratio(1.31, 14_380, 0.02),
        outcome: null,
        note: 'against a service without transaction and tenant context',
      },
      { label: 'requests left out', quantity: null, outcome: null, note: '12 without a successful partner' },
    ],
  };
}

function environmentReady(): Finding {
  return {
    id: 'AC-1',
    title: 'The development environment comes up by itself',
    why: 'By hand it took 60 to 90 minutes.',
    source: ['AC-1'],
    gated: true,
    outcome: 'holds',
    quantity: {
      value: 8.4,
      unit: 's',
      direction: 'lower-is-better',
      samples: 1,
      interval: [null, null],
      confidence: 0.95,
    },
    limit: 5400,
    unit: 's',
    explanation: 'Postgres, Redis, Vault and the service answered their health checks.',
    needs: null,
    evidence: [],
  };
}

export function passingFindings(): Finding[] {
  const samples = 6020;
  return [
    environmentReady(),
    latencyFinding({
      id: 'LAT-500-BASELINE',
      title: 'p99 below 500 ms at 100 users',
      source: ['AC-2', 'LAT-500', 'RIS-001', 'DEL-002'],
      valueMs: 38.4,
      limitMs: 500,
      samples,
    }),
    latencyFinding({
      id: 'LAT-500-TARGET',
      title: 'p99 below 500 ms at 500 users',
      source: ['AC-2', 'LAT-500', 'RIS-001', 'DEL-002'],
      valueMs: 142,
      limitMs: 500,
      samples,
    }),
    latencyFinding({
      id: 'LAT-500-BASELINE-OPEN',
      title: 'p99 below 500 ms at the rate of 100 users, open load',
      source: ['AC-2', 'LAT-500', 'RIS-001'],
      valueMs: 41.2,
      limitMs: 500,
      samples,
    }),
    latencyFinding({
      id: 'LAT-500-TARGET-OPEN',
      title: 'p99 below 500 ms at the rate of 500 users, open load',
      source: ['AC-2', 'LAT-500', 'RIS-001'],
      valueMs: 171,
      limitMs: 500,
      samples,
    }),
    latencyFinding({
      id: 'LAT-100T',
      title: 'p99 below 200 ms with 100 tenants',
      source: ['LAT-100T', 'RIS-001'],
      valueMs: 142,
      limitMs: 200,
      samples,
    }),
    unmeasuredFinding('LAT-1KT', 'p99 below 300 ms with 1,000 tenants', ['LAT-1KT', 'RIS-001'], 300),
    unmeasuredFinding('LAT-10KT', 'p99 below 400 ms with 10,000 tenants', ['LAT-10KT', 'RIS-001'], 400),
    rlsCost(),
    zeroTolerance('SEC-ISO', 'No tenant sees data of another', ['SEC-ISO', 'RIS-006'], 4310),
    zeroTolerance('SEC-AUTHN', 'Only valid tokens are let in', ['SEC-AUTHN'], 840),
    zeroTolerance('SEC-AUTHZ', 'Each role may do what its row says, and no more', ['SEC-AUTHZ'], 1260),
  ];
}
