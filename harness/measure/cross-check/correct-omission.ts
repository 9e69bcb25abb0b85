/**
 * Corrects latencies for coordinated omission: a connection that waits for an answer sends nothing meanwhile, and what it would have
 * sent would have waited too. Tene's correction, as HdrHistogram's recordValueWithExpectedInterval makes it: beside an answer of d come
 * d − i, d − 2i, … as long as they are positive, i being the interval at which the connection was to send.
 *
 * autocannon has it built in, and gives it 1 / rate rounded up, so 1, for the interval, in a histogram of milliseconds (9.0.0,
 * lib/run.js): that adds two fast answers to one of 3 ms, and halves every median. So its latencies are taken one by one, and corrected
 * here with the interval that was really meant.
 */
export function correctOmission(durationsMs: readonly number[], intervalMs: number): number[] {
  return durationsMs.flatMap((durationMs) => {
    const missed = Math.max(0, Math.ceil(durationMs / intervalMs) - 1);
    return Array.from({ length: missed + 1 }, (_, index) => durationMs - index * intervalMs);
  });
}
