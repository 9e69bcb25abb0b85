/** Progress on stderr: one line that is rewritten on a terminal, lines of JSON elsewhere. */

export interface ProgressSink {
  isTerminal: boolean;
  write: (text: string) => void;
}

export interface Progress {
  add(rows: number): void;
  /** What is going on once all rows are there; terminals only. */
  step(message: string): void;
  /** The last state, and an end of line on a terminal. */
  finish(): void;
}

/** Often enough to look alive, seldom enough to cost nothing. */
const INTERVAL_MS = 250;
const CLEAR_LINE = '\r\u001b[K';

export function createProgress(sink: ProgressSink, totalRows: number, nowMs: () => number): Progress {
  const startedMs = nowMs();
  let done = 0;
  let shownMs = Number.NEGATIVE_INFINITY;
  let shownDone = 0;

  const show = (): void => {
    if (shownDone === done) return;
    shownMs = nowMs();
    shownDone = done;
    sink.write(sink.isTerminal ? terminalLine(done, totalRows, shownMs - startedMs) : jsonLine(done, totalRows));
  };
  return {
    add: (rows) => {
      done += rows;
      if (nowMs() - shownMs >= INTERVAL_MS) show();
    },
    step: (message) => {
      if (sink.isTerminal) sink.write(`${CLEAR_LINE}seed: ${message}`);
    },
    finish: () => {
      show();
      if (sink.isTerminal) sink.write('\n');
    },
  };
}

function jsonLine(done: number, total: number): string {
  return `${JSON.stringify({ done, total, unit: 'rows' })}\n`;
}

function terminalLine(done: number, total: number, elapsedMs: number): string {
  const percent = Math.floor((100 * done) / total);
  const perSecond = elapsedMs > 0 ? Math.round((done * 1_000) / elapsedMs) : 0;
  const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows (${percent} %)`;
  return `${CLEAR_LINE}seed: ${counts}, ${perSecond.toLocaleString('en')} rows/s`;
}
