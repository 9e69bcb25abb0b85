/** The COPY text of the shared tables, and its checksum. */
import { createHash } from 'node:crypto';
import { appendRow, escapeField } from '../text/copy-text.ts';
import type { TableText } from '../text/copy-text.ts';
import { formatPrice } from '../text/decimal.ts';
import { sharedTableNames } from '../text/tables.ts';
import type { SharedTable } from '../text/tables.ts';
import { traitsOf } from './asset-classes.ts';
import { CURRENCY } from './market.ts';
import type { Instrument } from './market.ts';
import { tradingDaysMs } from './trading-days.ts';

export interface MarketText {
  tables: Record<SharedTable, TableText>;
  rows: number;
  checksum: string;
}

export function writeMarket(market: readonly Instrument[]): MarketText {
  const instruments: TableText = { text: '', rows: 0 };
  const prices: TableText = { text: '', rows: 0 };
  const days = tradingDaysMs.map((dayMs) => new Date(dayMs).toISOString().slice(0, 10));
  for (const { id, symbol, name, assetClass, closes } of market) {
    const tick = formatPrice(traitsOf[assetClass].tick);
    appendRow(instruments, [`${id}`, symbol, escapeField(name), assetClass, CURRENCY, tick]);
    days.forEach((day, index) => appendRow(prices, [`${id}`, day, formatPrice(closes[index] ?? 0n)]));
  }
  const tables = { instruments, prices };
  const hash = createHash('sha256');
  for (const table of sharedTableNames) hash.update(`${table}\n`).update(tables[table].text);
  return { tables, rows: instruments.rows + prices.rows, checksum: hash.digest('hex') };
}
