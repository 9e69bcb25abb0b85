/** The measurable promises of the claims register, so that the report can say which of them a run did not touch. */

export interface RegisterClaim {
  id: string;
  statement: string;
}

export interface RegisterArea {
  title: string;
  claims: readonly RegisterClaim[];
}

export const registerAreas: readonly RegisterArea[] = [
  {
    title: 'Approval and quality gates',
    claims: [
      { id: 'AC-1', statement: 'development environment set up' },
      { id: 'AC-2', statement: 'p99 below 500 ms at 100 and at 500 users' },
      { id: 'AC-3', statement: 'operational runbook, recovery drilled' },
      { id: 'QG-4', statement: 'observability designed: metrics, logs, traces, six critical alerts' },
    ],
  },
  {
    title: 'Latency, scale, capacity',
    claims: [
      { id: 'LAT-500', statement: 'p99 below 500 ms at 100 and at 500 users' },
      { id: 'LAT-100T', statement: 'p99 below 200 ms with 100 tenants' },
      { id: 'LAT-1KT', statement: 'p99 below 300 ms with 1,000 tenants' },
      { id: 'LAT-10KT', statement: 'p99 below 400 ms with 10,000 tenants' },
      { id: 'RLS-COST', statement: 'row-level security adds at most 25 % latency' },
      { id: 'CAP-100K', statement: '100,000 requests a second' },
      { id: 'SCALE', statement: 'pods, workers and replicas per growth stage' },
      { id: 'NOISY', statement: 'a burst of one tenant leaves the p99 of the others within 1.25 ×' },
    ],
  },
  {
    title: 'Performance programme, p95 from 120 ms to 85 ms',
    claims: [
      { id: 'OPT-JSON', statement: 'SIMD JSON parsing, 18 %' },
      { id: 'OPT-POOL', statement: 'connection pooling, 7 %' },
      { id: 'OPT-PLAN', statement: 'query plan caching, 12 %' },
      { id: 'OPT-STREAM', statement: 'streaming serialisation, 25 %' },
      { id: 'OPT-SUM', statement: 'all four together, about 35 %' },
    ],
  },
  {
    title: 'Recovery and availability',
    claims: [
      { id: 'REC-RTO', statement: 'recovery in under 1 h' },
      { id: 'REC-RPO', statement: 'at most 5 min of data lost' },
      { id: 'REC-RESTORE', statement: 'restore from backup in under 30 min' },
      { id: 'REC-FAILOVER', statement: 'standby promoted by itself, verified within a minute' },
      { id: 'AVAIL', statement: 'availability 99.95 % rising to 99.99 %' },
    ],
  },
  {
    title: 'Migration',
    claims: [
      { id: 'MIG-4', statement: 'four reversible migrations' },
      { id: 'MIG-ZERO', statement: 'no downtime: dual write, flag, four phases' },
      { id: 'MIG-ROLLBACK', statement: 'rollback immediate, partial and full' },
      { id: 'DEL-001', statement: 'duration of the migration against plan, at volume' },
    ],
  },
  {
    title: 'Security',
    claims: [
      { id: 'SEC-AUTHN', statement: 'JWT in an httpOnly cookie, 1 h' },
      { id: 'SEC-AUTHZ', statement: 'roles admin, trader, viewer on every route' },
      { id: 'SEC-ISO', statement: 'tenants isolated in Postgres, Redis and Vault' },
      { id: 'SEC-TLS', statement: 'TLS 1.3 in transit' },
      { id: 'SEC-REST', statement: 'AES-256 at rest' },
      { id: 'SEC-OWASP', statement: 'OWASP Top 10, a fix and a test each' },
      { id: 'SEC-AUDIT', statement: 'tamper-proof audit log' },
      { id: 'SEC-LIMIT', statement: 'rate limits' },
      { id: 'SEC-CSRF', statement: 'SameSite cookies against request forgery' },
      { id: 'SEC-ROTATE', statement: 'keys rotated every 90 days' },
    ],
  },
];

/** Promises that no load test can decide: a document must back them. */
export const paperClaims: readonly RegisterClaim[] = [
  { id: 'AC-3 (runbook)', statement: 'the runbook itself: incident levels P0 to P3, recovery steps' },
  { id: 'QG-1', statement: 'high-level design approved, four design principles' },
  { id: 'QG-2', statement: 'total cost of ownership within budget' },
  { id: 'QG-3', statement: 'team capability' },
  { id: 'REC-BACKUP', statement: 'retention: 30 days of full, 7 days of incremental backups' },
  { id: 'DEL-003', statement: 'skills of the team' },
];
