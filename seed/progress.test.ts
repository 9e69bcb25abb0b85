/** What progress looks like in a pipe and on a terminal, by a clock that the test owns. */
import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

function record(isTerminal: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const sink = { isTerminal, write: (text: string) => written.push(text) };
  return { written, clock, progress: createProgress(sink, 1_000, () => clock.ms) };
}

describe('progress', () => {
  it('is a line of JSON now and then, and always one at the end', () => {
    const { written, clock, progress } = record(false);
    progress.add(100);
    clock.ms = 100;
    progress.add(100);
    clock.ms = 300;
    progress.add(300);
    progress.step('not for pipes');
    progress.add(500);
    progress.finish();
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { done: 100, total: 1_000, unit: 'rows' },
      { done: 500, total: 1_000, unit: 'rows' },
      { done: 1_000, total: 1_000, unit: 'rows' },
    ]);
  });

  it('rewrites one line on a terminal', () => {
    const { written, clock, progress } = record(true);
    clock.ms = 500;
    progress.add(1_000);
    progress.step('analysing');
    progress.finish();
    expect(written).toEqual([
      '\r\u001b[Kseed: 1,000 of 1,000 rows (100 %), 2,000 rows/s',
      '\r\u001b[Kseed: analysing',
      '\n',
    ]);
  });
});
