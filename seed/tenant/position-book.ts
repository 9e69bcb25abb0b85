/**
 * Positions from trades, by the moving weighted average cost method: what adds to a position moves its average price,
 * what reduces it does not; a trade through zero starts a new position at its own price; a closed position has price 0.
 */
import { absolute, divideRounded } from '../text/decimal.ts';

export interface Position {
  portfolioIndex: number;
  instrumentIndex: number;
  /** In ten-thousandths; negative when short. */
  quantity: bigint;
  /** In millionths; rounded half away from zero at each trade that adds to the position. */
  averagePrice: bigint;
  updatedAtMs: number;
}

export interface Fill {
  portfolioIndex: number;
  instrumentIndex: number;
  /** Signed: positive when bought. */
  quantity: bigint;
  price: bigint;
  executedAtMs: number;
}

export class PositionBook {
  /** By portfolio, then by instrument. */
  readonly #positions = new Map<number, Map<number, Position>>();

  quantity(portfolioIndex: number, instrumentIndex: number): bigint {
    return this.#positions.get(portfolioIndex)?.get(instrumentIndex)?.quantity ?? 0n;
  }

  /** In the order of each one's first trade. */
  ofPortfolio(portfolioIndex: number): Iterable<Position> {
    return this.#positions.get(portfolioIndex)?.values() ?? [];
  }

  /** Trades of one position must come in the order of their execution. */
  apply(fill: Fill): void {
    const position = this.#positionOf(fill);
    const { quantity, averagePrice } = nextPosition(position, fill);
    position.quantity = quantity;
    position.averagePrice = averagePrice;
    position.updatedAtMs = fill.executedAtMs;
  }

  #positionOf({ portfolioIndex, instrumentIndex }: Fill): Position {
    const ofPortfolio = this.#positions.get(portfolioIndex) ?? new Map<number, Position>();
    this.#positions.set(portfolioIndex, ofPortfolio);
    const known = ofPortfolio.get(instrumentIndex);
    if (known !== undefined) return known;
    const opened = { portfolioIndex, instrumentIndex, quantity: 0n, averagePrice: 0n, updatedAtMs: 0 };
    ofPortfolio.set(instrumentIndex, opened);
    return opened;
  }
}

type Holding = Pick<Position, 'quantity' | 'averagePrice'>;

function nextPosition(held: Holding, fill: Pick<Fill, 'quantity' | 'price'>): Holding {
  const quantity = held.quantity + fill.quantity;
  if (quantity === 0n) return { quantity, averagePrice: 0n };
  const adds = held.quantity === 0n || held.quantity > 0n === fill.quantity > 0n;
  if (adds) {
    const cost = absolute(held.quantity) * held.averagePrice + absolute(fill.quantity) * fill.price;
    return { quantity, averagePrice: divideRounded(cost, absolute(quantity)) };
  }
  const crossedZero = held.quantity > 0n !== quantity > 0n;
  return { quantity, averagePrice: crossedZero ? fill.price : held.averagePrice };
}
