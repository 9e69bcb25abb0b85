/** Unit tests of what an order may be. */
import { describe, expect, it } from 'vitest';
import { newOrderSchema } from './order.ts';

const order = {
  portfolioId: '7a7f9d3e-3f0e-4c3a-9c51-0d2f3b1c2a10',
  instrumentId: 1,
  side: 'buy',
  type: 'market',
  quantity: '10.0000',
};

describe('a new order', () => {
  it('is a market order, or a limit order with its price', () => {
    expect(newOrderSchema.safeParse(order).success).toBe(true);
    expect(newOrderSchema.safeParse({ ...order, type: 'limit', limitPrice: '0.000001' }).success).toBe(true);
  });

  it.each([
    ['a limit order without a price', { type: 'limit' }],
    ['a market order with one', { limitPrice: '1' }],
    ['a quantity of zero', { quantity: '0.0000' }],
    ['a negative quantity', { quantity: '-1' }],
    ['a quantity as a number', { quantity: 10 }],
    ['more decimals than are kept', { quantity: '0.00001' }],
    ['more digits than are kept', { quantity: '123456789012345' }],
    ['an exponent', { quantity: '1e3' }],
    ['an unknown side', { side: 'short' }],
    ['an instrument beyond the column', { instrumentId: 2_147_483_648 }],
    ['a field that does not exist', { tenantId: order.portfolioId }],
  ])('is refused with %s', (_what, change) => {
    expect(newOrderSchema.safeParse({ ...order, ...change }).success).toBe(false);
  });
});
