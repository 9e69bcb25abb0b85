/** Portfolios, each with its strategies and the few instruments that it trades. */
import { DAY_MS } from '../market/trading-days.ts';
import { CURRENCY } from '../market/market.ts';
import { shuffled } from '../random/random.ts';
import { appendRow, escapeField, formatTime, NULL } from '../text/copy-text.ts';
import { withCanary } from './tenant-context.ts';
import type { Portfolio, TenantContext } from './tenant-context.ts';

const styles = ['Growth', 'Income', 'Macro', 'Arbitrage', 'Value', 'Balanced', 'Momentum', 'Reserve'] as const;
const strategyKinds = ['momentum', 'mean_reversion', 'pairs', 'market_making'] as const;
const SHORT_PERCENT = 30;
/** Portfolios are made in the first weeks of a tenant, long before the first trade. */
const SET_UP_DAYS = 30;

export function writePortfolios(tenant: TenantContext): void {
  const { random, budget, tables, world } = tenant;
  const everyInstrument = world.market.map((_, index) => index);
  for (let index = 0; index < budget.portfolios; index += 1) {
    const portfolio: Portfolio = {
      id: random.uuid(),
      instruments: shuffled(everyInstrument, random).slice(0, budget.instrumentsPerPortfolio),
      mayShort: random.percent(SHORT_PERCENT),
      strategies: [],
    };
    const createdAtMs = tenant.createdAtMs + random.below(SET_UP_DAYS * DAY_MS);
    const name = `${random.pick(world.dictionary.adjectives)} ${random.pick(styles)}`;
    tenant.portfolios.push(portfolio);
    appendRow(tables.portfolios, [
      portfolio.id,
      tenant.id,
      escapeField(withCanary(name, tenant)),
      CURRENCY,
      NULL,
      formatTime(createdAtMs),
    ]);
    writeStrategies(tenant, { portfolio, portfolioIndex: index, createdAtMs });
  }
}

interface StrategyOwner {
  portfolio: Portfolio;
  portfolioIndex: number;
  createdAtMs: number;
}

function writeStrategies(tenant: TenantContext, { portfolio, portfolioIndex, createdAtMs }: StrategyOwner): void {
  const { random, budget, tables, world } = tenant;
  for (let number = 0; number < budget.strategiesPerPortfolio; number += 1) {
    const id = random.uuid();
    const kind = random.pick(strategyKinds);
    const parameters = {
      lookbackDays: random.between(5, 60),
      entryThreshold: `${random.between(1, 3)}.${random.between(10, 99)}`,
    };
    portfolio.strategies.push({ id, portfolioIndex });
    appendRow(tables.strategies, [
      id,
      tenant.id,
      portfolio.id,
      escapeField(withCanary(`${random.pick(world.dictionary.adjectives)} ${kind.replace('_', ' ')}`, tenant)),
      kind,
      escapeField(JSON.stringify(parameters)),
      random.percent(90) ? 't' : 'f',
      formatTime(createdAtMs + random.below(DAY_MS)),
    ]);
  }
}
