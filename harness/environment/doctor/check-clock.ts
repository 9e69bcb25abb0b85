/** Whether the wall clock runs as evenly as the monotonic one: samples carry wall time, durations monotonic time. */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Prerequisite } from '../../model/run-record.ts';

const WATCH_MS = 200;
/** More than a clock that is being slewed gains in that time (500 ppm); less than any step worth the name. */
const LARGEST_DIFFERENCE_MS = 10;

/** systemd-timesyncd makes this file when it has set the clock. */
const SYNCHRONISED_FILE = '/run/systemd/timesync/synchronized';

export async function checkClock(): Promise<Prerequisite> {
  const before = wallMinusMonotonic();
  await pause(WATCH_MS);
  const differenceMs = wallMinusMonotonic() - before;
  const ok = Math.abs(differenceMs) <= LARGEST_DIFFERENCE_MS;
  const synchronised = existsSync(SYNCHRONISED_FILE) ? ', synchronised by timesyncd' : '';
  const found = ok
    ? `wall and monotonic clock run alike${synchronised}`
    : `the wall clock jumped by ${differenceMs.toFixed(0)} ms within ${WATCH_MS} ms`;
  return {
    id: 'clock',
    title: 'Clock',
    ok,
    found,
    where: null,
    fix: ok ? null : 'timedatectl set-ntp true   # or: chronyc makestep; then wait a minute',
  };
}

const READINGS = 20;

/** The steadiest of some readings: between two of them the scheduler may have let another program run. */
function wallMinusMonotonic(): number {
  const readings = Array.from({ length: READINGS }, () => {
    const before = performance.now();
    const wall = Date.now();
    const after = performance.now();
    return { width: after - before, difference: wall - (before + after) / 2 };
  });
  return readings.reduce((best, reading) => (reading.width < best.width ? reading : best)).difference;
}
