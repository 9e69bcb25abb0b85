/** The table of what was broken and what became of it, printed when all cases have run. */

interface BrokenRun {
  what: string;
  verdict: string;
  exit: number;
  reason: string;
}

const REASON_LENGTH = 220;

export class BrokenRunTable {
  readonly rows: BrokenRun[] = [];

  add(row: BrokenRun): void {
    this.rows.push(row);
  }

  text(): string {
    const width = Math.max(...this.rows.map(({ what }) => what.length), 0);
    const lines = this.rows.map(
      ({ what, verdict, exit, reason }) =>
        `${what.padEnd(width)}  ${verdict.padEnd(12)}  ${String(exit).padStart(3)}  ${reason.trim().slice(0, REASON_LENGTH)}`,
    );
    const passes = this.rows.filter(({ verdict, exit }) => verdict === 'pass' || exit === 0).length;
    return `\n${lines.join('\n')}\n${this.rows.length} broken runs, ${passes} called a pass\n`;
  }
}
