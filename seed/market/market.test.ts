/** Shared reference data: unique symbols, positive prices in whole ticks, moves of the right size, days that exist. */
import { describe, expect, it } from 'vitest';
import { buildWorld } from '../testing/sample-tenants.ts';
import { readRows, textOf } from '../testing/read-rows.ts';
import { assetClasses, traitsOf } from './asset-classes.ts';
import { writeMarket } from './market-text.ts';
import { ANCHOR_DAY, tradingDaysMs } from './trading-days.ts';

const { market } = buildWorld('market-test');

describe('instruments', () => {
  it('have every class, unique symbols of capital letters, and ids from 1', () => {
    expect(new Set(market.map(({ assetClass }) => assetClass))).toEqual(new Set(assetClasses));
    expect(new Set(market.map(({ symbol }) => symbol)).size).toBe(market.length);
    for (const { symbol } of market) expect(symbol).toMatch(/^[A-Z]{3,6}$/);
    expect(market.map(({ id }) => id)).toEqual(market.map((_, index) => index + 1));
  });

  it('walk in whole ticks above zero, about as wildly as their class', () => {
    for (const { assetClass, closes, symbol } of market) {
      const { tick, dailyVolatilityPpm } = traitsOf[assetClass];
      expect(closes.every((close) => close > 0n && close % tick === 0n)).toBe(true);
      const returns = closes.slice(1).map((close, day) => Math.log(Number(close) / Number(closes[day])));
      const deviation = Math.sqrt(returns.reduce((sum, value) => sum + value ** 2, 0) / returns.length);
      expect(deviation / (dailyVolatilityPpm / 1e6), symbol).toBeGreaterThan(0.7);
      expect(deviation / (dailyVolatilityPpm / 1e6), symbol).toBeLessThan(1.4);
    }
  });
});

describe('days', () => {
  it('are weekdays that end at the anchor', () => {
    const days = tradingDaysMs.map((dayMs) => new Date(dayMs));
    expect(days.at(-1)?.toISOString().slice(0, 10)).toBe(ANCHOR_DAY);
    expect(days.every((day) => day.getUTCDay() >= 1 && day.getUTCDay() <= 5)).toBe(true);
    expect(new Set(tradingDaysMs).size).toBe(days.length);
  });

  it('have one price each for every instrument', () => {
    const { tables, rows } = writeMarket(market);
    const prices = readRows('prices', tables.prices.text);
    expect(prices).toHaveLength(market.length * tradingDaysMs.length);
    expect(new Set(prices.map((row) => `${textOf(row, 'instrument_id')} ${textOf(row, 'day')}`)).size).toBe(
      prices.length,
    );
    expect(rows).toBe(prices.length + market.length);
  });
});
