/** One order as it is drawn: what, how much, by whom, and how it ended. Trades follow from it. */
import { traitsOf } from '../market/asset-classes.ts';
import type { Instrument } from '../market/market.ts';
import type { Random } from '../random/random.ts';
import { absolute, divideRounded } from '../text/decimal.ts';
import type { Portfolio, TenantContext } from './tenant-context.ts';

type Side = 'buy' | 'sell';
type OrderStatus = 'new' | 'filled' | 'cancelled' | 'rejected';

export interface OrderDraft {
  portfolioIndex: number;
  portfolio: Portfolio;
  strategyId: string | null;
  instrumentIndex: number;
  instrument: Instrument;
  side: Side;
  type: 'market' | 'limit';
  /** In ten-thousandths, positive. */
  quantity: bigint;
  status: OrderStatus;
}

const BUY_PERCENT = 58;
const LIMIT_ORDER_PERCENT = 55;
const BY_STRATEGY_PERCENT = 70;
const FILLED_PERCENT = 78;
const CANCELLED_PERCENT = 14;
const STILL_OPEN_PERCENT = 40;
/** A fill differs from the day's close by at most this much: 0.3 %. */
const MOST_SLIPPAGE_PPM = 3_000;
const MILLION = 1_000_000n;

export interface DraftRequest {
  /** The first orders go round the portfolios so that each one trades; later ones prefer the first portfolios. */
  number: number;
  isLastDay: boolean;
  heldQuantity: (portfolioIndex: number, instrumentIndex: number) => bigint;
}

export function draftOrder(tenant: TenantContext, { number, isLastDay, heldQuantity }: DraftRequest): OrderDraft {
  const { random, portfolios, world } = tenant;
  const portfolioIndex =
    number < portfolios.length ? number : Math.min(random.below(portfolios.length), random.below(portfolios.length));
  const portfolio = portfolios[portfolioIndex];
  if (portfolio === undefined) throw new RangeError('a tenant has at least one portfolio');
  const instrumentIndex = random.pick(portfolio.instruments);
  const instrument = world.market[instrumentIndex];
  if (instrument === undefined) throw new RangeError(`no instrument ${instrumentIndex}`);
  const held = heldQuantity(portfolioIndex, instrumentIndex);
  const { side, quantity } = drawQuantity({ random, portfolio, instrument, held });
  return {
    portfolioIndex,
    portfolio,
    strategyId: random.percent(BY_STRATEGY_PERCENT) ? random.pick(portfolio.strategies).id : null,
    instrumentIndex,
    instrument,
    side,
    type: random.percent(LIMIT_ORDER_PERCENT) ? 'limit' : 'market',
    quantity,
    // The first order is filled, so that every tenant has a trade and a position.
    status: number === 0 ? 'filled' : drawStatus(random, isLastDay),
  };
}

/** A price near the close, in whole ticks. */
export function priceNear(close: bigint, tick: bigint, random: Random): bigint {
  const ppm = BigInt(random.between(-MOST_SLIPPAGE_PPM, MOST_SLIPPAGE_PPM));
  const ticks = divideRounded(close * (MILLION + ppm), MILLION * tick);
  return (ticks < 1n ? 1n : ticks) * tick;
}

interface QuantityRequest {
  random: Random;
  portfolio: Portfolio;
  instrument: Instrument;
  held: bigint;
}

/** A portfolio that may not go short sells at most what it holds, and buys when it holds nothing. */
function drawQuantity({ random, portfolio, instrument, held }: QuantityRequest): { side: Side; quantity: bigint } {
  const { lot, largestOrderLots } = traitsOf[instrument.assetClass];
  const quantity = BigInt(random.between(1, largestOrderLots)) * lot;
  const wantsToBuy = random.percent(BUY_PERCENT);
  if (wantsToBuy || (!portfolio.mayShort && held <= 0n)) return { side: 'buy', quantity };
  if (portfolio.mayShort) return { side: 'sell', quantity };
  return { side: 'sell', quantity: quantity < held ? quantity : absolute(held) };
}

function drawStatus(random: Random, isLastDay: boolean): OrderStatus {
  if (isLastDay && random.percent(STILL_OPEN_PERCENT)) return 'new';
  const drawn = random.below(100);
  if (drawn < FILLED_PERCENT) return 'filled';
  return drawn < FILLED_PERCENT + CANCELLED_PERCENT ? 'cancelled' : 'rejected';
}
