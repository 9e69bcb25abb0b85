/** The declared defects, one for each claim that a live run can break. `signoff run --defect ID` plants one. */
import type { Defect } from './defect.ts';

export const defects: Defect[] = [
  {
    id: 'drop-policy',
    title: 'the policy of one table is gone, and its row security with it',
    breaks: ['SEC-ISO'],
    change: {
      layer: 'postgres',
      statements: [
        'drop policy tenant_isolation on trades',
        'alter table trades no force row level security',
        'alter table trades disable row level security',
      ],
    },
  },
  {
    id: 'open-policy',
    title: 'the policy of one table lets every row through: the service’s own filter hides it from every route',
    breaks: ['SEC-ISO'],
    change: {
      layer: 'postgres',
      statements: ['alter policy tenant_isolation on trades using (true) with check (true)'],
    },
  },
  {
    id: 'shared-cache',
    title: 'cache keys without the tenant: whoever asks first fills the cache for all',
    breaks: ['SEC-ISO'],
    change: {
      layer: 'service',
      replacements: [{ file: 'cache/tenant-key.ts', pattern: '`tenant:${tenantId}:', replacement: '`tenant:all:' }],
    },
  },
  {
    id: 'expired-sessions',
    title: 'a session token is accepted after it has expired',
    breaks: ['SEC-AUTHN'],
    change: {
      layer: 'service',
      replacements: [
        {
          file: 'session/session-tokens.ts',
          pattern: 'jwt.verify(token, { key })',
          replacement: 'jwt.verify(token, { key, ignoreExpiration: true })',
        },
      ],
    },
  },
  {
    id: 'viewer-may-write',
    title: 'a viewer may create orders',
    breaks: ['SEC-AUTHZ'],
    change: {
      layer: 'service',
      replacements: [
        {
          file: 'access.ts',
          pattern: "'POST /api/v1/orders': traders",
          replacement: "'POST /api/v1/orders': everyone",
        },
      ],
    },
  },
  {
    id: 'slow-answers',
    title: 'every authenticated request waits 600 ms',
    breaks: [
      'LAT-500-BASELINE',
      'LAT-500-TARGET',
      'LAT-500-BASELINE-OPEN',
      'LAT-500-TARGET-OPEN',
      'LAT-100T',
      'LAT-1KT',
      'LAT-10KT',
    ],
    change: {
      layer: 'service',
      replacements: [
        {
          file: 'http/enforce-access.ts',
          pattern: 'request.principal = principal;',
          replacement: 'request.principal = principal; await new Promise((resolve) => setTimeout(resolve, 600));',
        },
      ],
    },
  },
  {
    id: 'extra-query',
    title: 'the tenant context costs an extra statement of 5 ms in every transaction',
    breaks: ['RLS-COST'],
    change: {
      layer: 'service',
      replacements: [
        {
          file: 'database/database.ts',
          pattern: '[begin, tenantContext(tenantId), ...queries, commit]',
          replacement: "[begin, tenantContext(tenantId), ...queries, { text: 'select pg_sleep(0.005)' }, commit]",
        },
      ],
    },
  },
];
