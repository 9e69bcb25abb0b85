/** How a tenant’s rows are divided among its tables. Signals take whatever is left, so the sum is exact. */
import { TRADING_DAY_COUNT } from '../market/trading-days.ts';
import type { Tier } from '../plan/tiers.ts';

export interface RowBudget {
  users: number;
  portfolios: number;
  strategiesPerPortfolio: number;
  orders: number;
  /** Upper limit; orders are filled in parts while it lasts. */
  trades: number;
  /** Upper limit on the instruments of a portfolio, so on its positions. */
  instrumentsPerPortfolio: number;
  /** Upper limit on signals that led to an order. */
  actedSignals: number;
  snapshotDays: number;
  auditEvents: number;
}

export const LIMIT_KINDS = ['gross_exposure', 'net_exposure', 'single_name', 'daily_loss'] as const;
/** One admin, two traders, one viewer. */
export const FEWEST_USERS = 4;
const usersOfTier: Record<Tier, number> = { starter: 5, pro: 10, enterprise: 30 };
/** A tenant has at least this many rows for each user beyond the first four. */
const ROWS_PER_USER = 20;
/** Portfolios grow with the square root of the size: 2 at 500 rows, 6 at 5,000, 21 at 62,000. */
const PORTFOLIO_DIVISOR = 12;
const MOST_PORTFOLIOS = 25;
const MOST_INSTRUMENTS = 40;
/** Shares of the rows that are not fixed; together below 1 even with every upper limit reached. */
const shares = { orders: 0.26, trades: 0.32, snapshots: 0.1, positions: 0.05, acted: 0.1, audit: 0.08 };

export function divideRows(rows: number, tier: Tier): RowBudget {
  const users = Math.max(FEWEST_USERS, Math.min(usersOfTier[tier], Math.floor(rows / ROWS_PER_USER)));
  const portfolios = clamp(Math.round(Math.sqrt(rows) / PORTFOLIO_DIVISOR), 1, MOST_PORTFOLIOS);
  const strategiesPerPortfolio = portfolios === 1 ? 1 : 2;
  const fixed = 1 + users + portfolios * (1 + strategiesPerPortfolio + LIMIT_KINDS.length);
  const free = rows - fixed;
  const share = (of: keyof typeof shares): number => Math.floor(free * shares[of]);
  return {
    users,
    portfolios,
    strategiesPerPortfolio,
    orders: share('orders'),
    trades: share('trades'),
    instrumentsPerPortfolio: clamp(Math.floor(share('positions') / portfolios), 1, MOST_INSTRUMENTS),
    actedSignals: share('acted'),
    snapshotDays: clamp(Math.floor(share('snapshots') / portfolios), 1, TRADING_DAY_COUNT),
    auditEvents: Math.max(1, share('audit')),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
