/** The calendar: weekdays before a fixed anchor date, so that the data is the same whenever it is made. */

/** Last day with a close price; a Friday. Everything in the data happens on or before it. */
export const ANCHOR_DAY = '2026-01-30';
/** Half a year of weekdays. */
export const TRADING_DAY_COUNT = 130;

export const DAY_MS = 86_400_000;
/** 14:30 to 20:00 UTC. */
export const SESSION_OPEN_MS = 14.5 * 3_600_000;
export const SESSION_LENGTH_MS = 5.5 * 3_600_000;
/** 21:00 UTC: when the day's close is known and risk snapshots are taken. */
export const SNAPSHOT_TIME_MS = 21 * 3_600_000;

const SATURDAY = 6;
const SUNDAY = 0;

export const anchorMs = Date.parse(`${ANCHOR_DAY}T00:00:00Z`);

/** Midnight UTC of every trading day in Unix ms, oldest first. */
export const tradingDaysMs: readonly number[] = listTradingDays();

function listTradingDays(): number[] {
  const days: number[] = [];
  for (let dayMs = anchorMs; days.length < TRADING_DAY_COUNT; dayMs -= DAY_MS) {
    const weekday = new Date(dayMs).getUTCDay();
    if (weekday !== SATURDAY && weekday !== SUNDAY) days.push(dayMs);
  }
  return days.toReversed();
}
