/** A generated tenant, read back from its COPY text: complete, canaried, self-contained, the same every time. */
import { describe, expect, it } from 'vitest';
import { manifestSchema as harnessManifestSchema } from '../../harness/model/manifest.ts';
import { tiers } from '../plan/tiers.ts';
import { textOf } from '../testing/read-rows.ts';
import { buildWorld, readTenant, samplePlans } from '../testing/sample-tenants.ts';
import { tenantTableNames } from '../text/tables.ts';
import { generateTenant } from './generate-tenant.ts';

const world = buildWorld('tenant-test');
const tenants = samplePlans.map((plan) => readTenant(world, plan));

describe('rows', () => {
  it('are as many as planned, with something in every table, for every tier and size', () => {
    const smallest = Array.from({ length: 20 }, (_, step) => 40 + 2 * step);
    // 324 and 900 rows are where a tenant gets its second and third portfolio.
    for (const rows of [...smallest, 100, 150, 323, 324, 325, 899, 900]) {
      for (const tier of tiers) {
        const { tables, entry } = generateTenant(world, { index: rows, tier, rows });
        expect(entry.rows, `${tier} of ${rows}`).toBe(rows);
        for (const table of tenantTableNames) expect(tables[table].rows, `${table} of ${rows}`).toBeGreaterThan(0);
      }
    }
  });

  it('are counted as they are', () => {
    for (const { rows, entry } of tenants) {
      expect(tenantTableNames.reduce((sum, table) => sum + rows[table].length, 0)).toBe(entry.rows);
      expect(rows.trades).toHaveLength(entry.expected.trades);
      expect(rows.positions).toHaveLength(entry.expected.positions);
    }
  });

  it('have unique ids', () => {
    const withId = tenantTableNames.filter((table) => table !== 'audit_heads');
    const ids = tenants.flatMap(({ rows }) => withId.flatMap((table) => rows[table].map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('canary', () => {
  const visible = {
    users: 'display_name',
    portfolios: 'name',
    strategies: 'name',
    signals: 'note',
    orders: 'note',
    trades: 'venue_ref',
    audit_events: 'detail',
  } as const;

  it.each(Object.entries(visible))('stands in every row of %s.%s', (table, column) => {
    for (const { rows, entry } of tenants) {
      for (const row of rows[table as keyof typeof visible]) expect(textOf(row, column)).toContain(entry.canary);
    }
  });

  it('stands in the note of an audit event’s detail', () => {
    for (const { rows, entry } of tenants) {
      for (const event of rows.audit_events) {
        expect((JSON.parse(textOf(event, 'detail')) as { note: string }).note).toMatch(new RegExp(`${entry.canary}$`));
      }
    }
  });

  it('is the only one in the tenant’s rows, and no other tenant has it', () => {
    for (const { text, entry } of tenants)
      expect(new Set(text.match(/cnry_[0-9a-f]{12}/g))).toEqual(new Set([entry.canary]));
    expect(new Set(tenants.map(({ entry }) => entry.canary)).size).toBe(tenants.length);
  });
});

describe('people', () => {
  it('have all three roles: an admin, two traders, a viewer at least; more in higher tiers', () => {
    for (const { entry } of tenants) {
      const count = (role: string) => entry.users.filter((user) => user.role === role).length;
      expect(count('admin')).toBeGreaterThanOrEqual(1);
      expect(count('trader')).toBeGreaterThanOrEqual(2);
      expect(count('viewer')).toBeGreaterThanOrEqual(1);
      const emails = entry.users.map((user) => user.email);
      expect(emails).toEqual(
        expect.arrayContaining(['admin', 'trader1', 'viewer1'].map((name) => `${name}@${entry.slug}.example`)),
      );
      expect(new Set(emails).size).toBe(emails.length);
    }
    const usersAt = (tier: (typeof tiers)[number]) =>
      readTenant(world, { index: 9, tier, rows: 5_000 }).rows.users.length;
    expect(tiers.map(usersAt)).toEqual([5, 10, 30]);
  });

  it('names only active users in the manifest', () => {
    for (const { rows, entry } of tenants) {
      const active = rows.users.filter((user) => user.active === 't').map((user) => user.id);
      expect(entry.users.map((user) => user.id)).toEqual(active);
    }
    expect(tenants.some(({ rows }) => rows.users.some((user) => user.active === 'f'))).toBe(true);
  });
});

describe('audit events', () => {
  it('refer to rows of the tenant, are numbered in the order of time, and stay within the tenant’s range of ids', () => {
    const tableOf: Record<string, 'users' | 'orders' | 'risk_limits'> = {
      user: 'users',
      order: 'orders',
      risk_limit: 'risk_limits',
    };
    for (const { rows, plan } of tenants) {
      const idsOf = (table: 'users' | 'orders' | 'risk_limits') => new Set(rows[table].map((row) => row.id));
      const known = { users: idsOf('users'), orders: idsOf('orders'), risk_limits: idsOf('risk_limits') };
      let before = '';
      rows.audit_events.forEach((event, place) => {
        const [kind = '', id = ''] = textOf(event, 'subject').split(':');
        expect(known[tableOf[kind] ?? 'users'].has(id)).toBe(true);
        expect(known.users.has(textOf(event, 'actor_id'))).toBe(true);
        expect(textOf(event, 'occurred_at') >= before).toBe(true);
        before = textOf(event, 'occurred_at');
        expect(event.id).toBe(`${plan.index * 10_000_000 + place + 1}`);
      });
    }
  });
});

describe('the audit chain', () => {
  it('numbers the events from one, each with the hash of the one before it, and ends at the head', () => {
    for (const { rows, entry } of tenants) {
      let before = `\\x${'00'.repeat(32)}`;
      rows.audit_events.forEach((event, place) => {
        expect(event.sequence_number).toBe(`${place + 1}`);
        expect(event.previous_hash).toBe(before);
        before = textOf(event, 'hash');
        expect(before).toMatch(/^\\x[0-9a-f]{64}$/);
      });
      const last_number = `${rows.audit_events.length}`;
      expect(rows.audit_heads).toEqual([{ tenant_id: entry.id, last_number, last_hash: before }]);
    }
  });
});

describe('references', () => {
  it('stay within the tenant', () => {
    for (const { rows, entry } of tenants) {
      const ids = (table: keyof typeof rows) => new Set(rows[table].map((row) => row.id));
      const expectKnown = (table: keyof typeof rows, column: string, target: keyof typeof rows) => {
        const known = ids(target);
        const unknown = rows[table].filter((row) => row[column] !== null && !known.has(row[column] ?? ''));
        expect(unknown, `${table}.${column}`).toEqual([]);
      };
      for (const table of tenantTableNames.slice(1)) {
        expect(rows[table].every((row) => row.tenant_id === entry.id)).toBe(true);
      }
      for (const table of ['strategies', 'orders', 'trades', 'positions', 'risk_limits', 'risk_snapshots'] as const) {
        expectKnown(table, 'portfolio_id', 'portfolios');
      }
      expectKnown('signals', 'strategy_id', 'strategies');
      expectKnown('orders', 'strategy_id', 'strategies');
      expectKnown('orders', 'created_by', 'users');
      expectKnown('trades', 'order_id', 'orders');
    }
  });

  it('of the manifest’s samples exist', () => {
    for (const { rows, entry } of tenants) {
      const tableOf = { ...rows, riskLimits: rows.risk_limits };
      for (const [name, sample] of Object.entries(entry.samples)) {
        const known = new Set(tableOf[name as keyof typeof entry.samples].map((row) => row.id));
        expect(
          sample.every((id) => known.has(id)),
          name,
        ).toBe(true);
        expect(new Set(sample).size).toBe(sample.length);
      }
    }
  });
});

describe('determinism', () => {
  it('gives the same tenant again, alone or after others, and another one for another seed', () => {
    const plan = { index: 2, tier: 'pro', rows: 500 } as const;
    expect(readTenant(buildWorld('tenant-test'), plan)).toEqual(tenants[2]);
    expect(generateTenant(buildWorld('other'), plan).entry.checksum).not.toBe(tenants[2]?.entry.checksum);
  });

  it('describes tenants as the harness reads them', () => {
    const entries = harnessManifestSchema.shape.tenants.parse(tenants.map(({ entry }) => entry));
    expect(entries).toEqual(tenants.map(({ entry }) => entry));
  });
});
