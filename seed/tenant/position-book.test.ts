/** The cost method, case by case. */
import { describe, expect, it } from 'vitest';
import { PositionBook } from './position-book.ts';

function bookOf(...fills: [quantity: bigint, price: bigint][]) {
  const book = new PositionBook();
  fills.forEach(([quantity, price], index) =>
    book.apply({ portfolioIndex: 0, instrumentIndex: 3, quantity, price, executedAtMs: index + 1 }),
  );
  const [position] = [...book.ofPortfolio(0)];
  return { quantity: position?.quantity, averagePrice: position?.averagePrice, updatedAtMs: position?.updatedAtMs };
}

describe('moving weighted average cost', () => {
  it('averages what is bought', () => {
    expect(bookOf([10n, 100n], [30n, 200n])).toEqual({ quantity: 40n, averagePrice: 175n, updatedAtMs: 2 });
  });

  it('rounds half away from zero at each addition', () => {
    expect(bookOf([1n, 1n], [1n, 2n]).averagePrice).toBe(2n);
    expect(bookOf([2n, 1n], [1n, 2n]).averagePrice).toBe(1n);
  });

  it('keeps the price when a part is sold', () => {
    expect(bookOf([10n, 100n], [-4n, 500n])).toMatchObject({ quantity: 6n, averagePrice: 100n });
  });

  it('closes at price 0, and opens anew at the next trade', () => {
    expect(bookOf([10n, 100n], [-10n, 90n])).toMatchObject({ quantity: 0n, averagePrice: 0n });
    expect(bookOf([10n, 100n], [-10n, 90n], [5n, 80n])).toMatchObject({ quantity: 5n, averagePrice: 80n });
  });

  it('averages short sales, and takes the price of the trade that crosses zero', () => {
    expect(bookOf([-10n, 100n], [-10n, 200n])).toMatchObject({ quantity: -20n, averagePrice: 150n });
    expect(bookOf([-10n, 100n], [15n, 120n])).toMatchObject({ quantity: 5n, averagePrice: 120n });
    expect(bookOf([10n, 100n], [-15n, 120n])).toMatchObject({ quantity: -5n, averagePrice: 120n });
  });
});
