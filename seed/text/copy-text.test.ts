/** What COPY reads back from a row: escapes, nulls, and the columns' order. */
import { describe, expect, it } from 'vitest';
import { appendRow, escapeField, formatTime, NULL } from './copy-text.ts';
import { columnsOf, tableNames } from './tables.ts';

describe('COPY text', () => {
  it('escapes what separates fields and rows, and the escape itself', () => {
    expect(escapeField('a\tb\nc\rd\\N é')).toBe('a\\tb\\nc\\rd\\\\N é');
  });

  it('counts rows and ends each with a line feed', () => {
    const table = { text: '', rows: 0 };
    appendRow(table, ['1', NULL]);
    appendRow(table, ['2', formatTime(0)]);
    expect(table).toEqual({ text: '1\t\\N\n2\t1970-01-01T00:00:00.000Z\n', rows: 2 });
  });
});

describe('tables', () => {
  it('puts every table behind those that its rows refer to', () => {
    const order = (name: (typeof tableNames)[number]) => tableNames.indexOf(name);
    expect(order('prices')).toBeGreaterThan(order('instruments'));
    expect(order('users')).toBeGreaterThan(order('tenants'));
    expect(order('strategies')).toBeGreaterThan(order('portfolios'));
    expect(order('signals')).toBeGreaterThan(order('strategies'));
    expect(order('trades')).toBeGreaterThan(order('orders'));
    expect(columnsOf('prices')).toEqual(['instrument_id', 'day', 'close']);
  });
});

describe('formatTime', () => {
  it('writes what toISOString writes', () => {
    for (let timeMs = Date.UTC(2023, 1, 27, 23, 59, 59, 999); timeMs < Date.UTC(2026, 0, 31); timeMs += 123_456_789) {
      expect(formatTime(timeMs)).toBe(new Date(timeMs).toISOString());
    }
  });
});
