/** One tenant, whole: its COPY text and its entry in the manifest; a function of seed, plan and world only. */
import { createHash } from 'node:crypto';
import { anchorMs, DAY_MS, tradingDaysMs } from '../market/trading-days.ts';
import type { TenantPlan } from '../plan/tenant-plans.ts';
import { createRandom } from '../random/random.ts';
import { appendRow, formatTime } from '../text/copy-text.ts';
import type { TableText } from '../text/copy-text.ts';
import { absolute, formatCents, formatPrice, formatQuantity, valueToCents } from '../text/decimal.ts';
import { tenantTableNames } from '../text/tables.ts';
import type { TenantTable } from '../text/tables.ts';
import type { ManifestTenant } from '../manifest.ts';
import { addRoutineEvents, writeAuditEvents } from './audit-events.ts';
import { writeTenant, writeUsers } from './people.ts';
import { writePortfolios } from './portfolios.ts';
import type { PositionBook } from './position-book.ts';
import { exposureAt, writeRiskLimits } from './risk.ts';
import { divideRows } from './row-budget.ts';
import { writeIdleSignals } from './signals.ts';
import type { TenantContext, World } from './tenant-context.ts';
import { simulateTrading } from './trading.ts';
import type { TradingSession } from './trading-session.ts';

export interface GeneratedTenant {
  /** Users carry a placeholder instead of the password hash. */
  tables: Record<TenantTable, TableText>;
  entry: ManifestTenant;
}

/** Tenants are 240 to 900 days old on the anchor day: all of them before the first trade. */
const YOUNGEST_DAYS = 240;
const OLDEST_DAYS = 900;
const SAMPLE_SIZE = 8;

export function generateTenant(world: World, plan: TenantPlan): GeneratedTenant {
  const tenant = openTenant(world, plan);
  writeTenant(tenant);
  writeUsers(tenant);
  writePortfolios(tenant);
  const session = simulateTrading(tenant);
  writePositions(tenant, session.book);
  const riskLimitIds = writeRiskLimits(tenant, session.book);
  addRoutineEvents(tenant, tenant.budget.auditEvents - tenant.auditEvents.length, riskLimitIds);
  writeAuditEvents(tenant);
  writeIdleSignals(tenant, plan.rows - countRows(tenant.tables));
  return { tables: tenant.tables, entry: describeTenant(tenant, session, riskLimitIds) };
}

function openTenant(world: World, plan: TenantPlan): TenantContext {
  const random = createRandom(world.seed, 'tenant', plan.index);
  const number = `${plan.index + 1}`.padStart(5, '0');
  return {
    world,
    plan,
    random,
    budget: divideRows(plan.rows, plan.tier),
    id: random.uuid(),
    slug: `t${number}-${random.pick(world.dictionary.words)}`,
    canary: `cnry_${random.hex(3)}`,
    createdAtMs: anchorMs - random.between(YOUNGEST_DAYS, OLDEST_DAYS) * DAY_MS + random.below(DAY_MS),
    users: [],
    portfolios: [],
    auditEvents: [],
    tables: emptyTables(),
  };
}

function emptyTables(): Record<TenantTable, TableText> {
  const empty = (): TableText => ({ text: '', rows: 0 });
  return {
    tenants: empty(),
    users: empty(),
    portfolios: empty(),
    strategies: empty(),
    signals: empty(),
    orders: empty(),
    trades: empty(),
    positions: empty(),
    risk_limits: empty(),
    risk_snapshots: empty(),
    audit_events: empty(),
    audit_heads: empty(),
  };
}

function writePositions(tenant: TenantContext, book: PositionBook): void {
  tenant.portfolios.forEach((portfolio, index) => {
    for (const position of book.ofPortfolio(index)) {
      appendRow(tenant.tables.positions, [
        tenant.random.uuid(),
        tenant.id,
        portfolio.id,
        `${tenant.world.market[position.instrumentIndex]?.id ?? 0}`,
        formatQuantity(position.quantity),
        formatPrice(position.averagePrice),
        formatTime(position.updatedAtMs),
      ]);
    }
  });
}

function describeTenant(tenant: TenantContext, session: TradingSession, riskLimitIds: string[]): ManifestTenant {
  const { tables, portfolios, plan } = tenant;
  const lastDay = tradingDaysMs.length - 1;
  // Unrounded portfolio sums, so that the tenant's sum is rounded once as SQL does it.
  const gross = portfolios.reduce(
    (sum, _, index) => sum + absolute(exposureAt(session.book.ofPortfolio(index), tenant.world.market, lastDay).gross),
    0n,
  );
  return {
    id: tenant.id,
    slug: tenant.slug,
    tier: plan.tier,
    canary: tenant.canary,
    users: tenant.users.filter((user) => user.active).map(({ id, email, role }) => ({ id, email, role })),
    samples: {
      portfolios: portfolios.map(({ id }) => id).slice(0, SAMPLE_SIZE),
      strategies: portfolios.flatMap(({ strategies }) => strategies.map(({ id }) => id)).slice(0, SAMPLE_SIZE),
      signals: firstIds(tables.signals),
      orders: session.orderIds.list,
      trades: session.tradeIds.list,
      riskLimits: riskLimitIds.slice(0, SAMPLE_SIZE),
    },
    rows: countRows(tables),
    expected: {
      trades: tables.trades.rows,
      positions: tables.positions.rows,
      grossExposure: formatCents(valueToCents(gross)),
    },
    checksum: checksumOf(tables),
  };
}

function firstIds(table: TableText): string[] {
  const ids: string[] = [];
  for (let from = 0; from < table.text.length && ids.length < SAMPLE_SIZE; from = table.text.indexOf('\n', from) + 1) {
    ids.push(table.text.slice(from, table.text.indexOf('\t', from)));
  }
  return ids;
}

function countRows(tables: Record<TenantTable, TableText>): number {
  return tenantTableNames.reduce((sum, name) => sum + tables[name].rows, 0);
}

/** Each table's name and COPY bytes, in the order of loading. */
function checksumOf(tables: Record<TenantTable, TableText>): string {
  const hash = createHash('sha256');
  for (const name of tenantTableNames) hash.update(`${name}\n`).update(tables[name].text);
  return hash.digest('hex');
}
