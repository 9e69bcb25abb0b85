/** What every part of a tenant's generation shares: its identity, its random stream, and the rows written so far. */
import type { Dictionary } from '../dictionary.ts';
import type { Instrument } from '../market/market.ts';
import type { TenantPlan } from '../plan/tenant-plans.ts';
import type { Random } from '../random/random.ts';
import type { TableText } from '../text/copy-text.ts';
import type { TenantTable } from '../text/tables.ts';
import type { RowBudget } from './row-budget.ts';

/** The same for every tenant of a run. */
export interface World {
  seed: string;
  dictionary: Dictionary;
  market: Instrument[];
}

export type Role = 'admin' | 'trader' | 'viewer';

export interface User {
  id: string;
  email: string;
  role: Role;
  active: boolean;
}

interface Strategy {
  id: string;
  portfolioIndex: number;
}

export interface Portfolio {
  id: string;
  /** Indices into the market; the only instruments that the portfolio trades. */
  instruments: number[];
  /** Whether it may hold less than nothing of an instrument. */
  mayShort: boolean;
  strategies: Strategy[];
}

interface AuditEvent {
  actorId: string;
  action: string;
  subject: string;
  note: string;
  occurredAtMs: number;
}

export interface TenantContext {
  world: World;
  plan: TenantPlan;
  budget: RowBudget;
  random: Random;
  id: string;
  slug: string;
  canary: string;
  createdAtMs: number;
  users: User[];
  portfolios: Portfolio[];
  /** Written last, in the order of time. */
  auditEvents: AuditEvent[];
  tables: Record<TenantTable, TableText>;
}

/** Every text that a user sees carries the tenant's canary, so a leak shows itself. */
export function withCanary(text: string, tenant: TenantContext): string {
  return `${text} ${tenant.canary}`;
}
