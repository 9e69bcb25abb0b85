/** The programme's risks and what in a run would show them. */

export interface Risk {
  id: string;
  title: string;
  /** Rows of the claims register whose findings bear on the risk, beside those that name it themselves. */
  rows: readonly string[];
  /** What decides it, said where nothing was measured. */
  decidedBy: string;
}

export const risks: readonly Risk[] = [
  {
    id: 'RIS-001',
    title: 'Postgres becomes the bottleneck',
    rows: ['LAT-500', 'CAP-100K'],
    decidedBy: 'latency under load and a capacity model',
  },
  { id: 'RIS-002', title: 'Redis split-brain', rows: [], decidedBy: 'a Redis drill' },
  { id: 'RIS-003', title: 'Vault sealed in operation', rows: [], decidedBy: 'a Vault drill' },
  {
    id: 'RIS-004',
    title: 'Row-level security costs too much',
    rows: ['RLS-COST'],
    decidedBy: 'paired measurements with and without it',
  },
  {
    id: 'RIS-005',
    title: 'Data lost in the migration',
    rows: ['MIG-4', 'MIG-ZERO', 'MIG-ROLLBACK'],
    decidedBy: 'a migration drill under load',
  },
  {
    id: 'RIS-006',
    title: 'One tenant sees data of another',
    rows: ['SEC-ISO'],
    decidedBy: 'isolation probes under load',
  },
  {
    id: 'DEL-001',
    title: 'The migration takes longer than planned',
    rows: [],
    decidedBy: 'a timed migration at volume',
  },
  { id: 'DEL-002', title: 'The load test reveals problems', rows: ['LAT-500'], decidedBy: 'latency under load' },
  { id: 'DEL-003', title: 'Skills are missing', rows: [], decidedBy: 'a document; no load test can show it' },
  { id: 'DEL-004', title: 'Stripe or Vault change their interfaces', rows: [], decidedBy: 'contract tests' },
];
