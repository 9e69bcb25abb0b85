/** Shows progress on standard error: one line that changes on a terminal, plain lines elsewhere. */
import { styleText } from 'node:util';
import type { ProgressEvent, Progress } from '../model/progress.ts';
import type { CommandContext } from './command-context.ts';
import { formatDuration, formatNumber } from './format.ts';

const PLAIN_INTERVAL_MS = 10_000;
const TERMINAL_INTERVAL_MS = 200;

export interface ProgressDisplay {
  progress: Progress;
  /** Removes the changing line, so that other text can follow. */
  clear(): void;
}

/** The display remembers the present stage only; what is to be kept goes to the log. */
export function createProgressDisplay(context: CommandContext): ProgressDisplay {
  const display = new Display(context);
  return {
    progress: (event) => {
      display.show(event);
    },
    clear: () => {
      display.clear();
    },
  };
}

type Style = Parameters<typeof styleText>[0];

class Display {
  readonly #context: CommandContext;
  #stage = { title: '', startedAt: 0, expectedMs: null as number | null };
  #lastLineAt = -Infinity;
  #changing = false;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  show(event: ProgressEvent): void {
    switch (event.kind) {
      case 'stage':
        this.#stage = { title: event.title, startedAt: this.#context.elapsed(), expectedMs: event.expectedMs };
        this.#line(`${this.#paint('bold', '▸')} ${event.title}${this.#expected(event.expectedMs)}`);
        return;
      case 'step':
        this.#line(`  ${event.message}`);
        return;
      case 'warning':
        this.#line(`  ${this.#paint('yellow', `warning: ${event.message}`)}`);
        return;
      case 'fraction':
        this.#update(this.#fraction(event), event.done >= event.total);
        return;
      case 'live':
        this.#update(this.#live(event), false);
    }
  }

  clear(): void {
    if (!this.#changing) return;
    this.#context.err('\r\x1b[2K');
    this.#changing = false;
  }

  #fraction(event: Extract<ProgressEvent, { kind: 'fraction' }>): string {
    const share = event.total > 0 ? Math.floor((100 * event.done) / event.total) : 100;
    return `${event.done.toLocaleString('en-US')} of ${event.total.toLocaleString('en-US')} ${event.unit} (${share} %)${this.#sinceStart()}`;
  }

  #live(event: Extract<ProgressEvent, { kind: 'live' }>): string {
    const latency = (value: number | null) => (value === null ? '–' : `${formatNumber(value)} ms`);
    const time = `${formatDuration(event.elapsedMs)} of ${formatDuration(event.totalMs)}`;
    const errors = event.errors === 0 ? '0 errors' : this.#paint('red', `${event.errors} errors`);
    return `${time}  ${formatNumber(event.ratePerSecond)}/s  p50 ${latency(event.p50Ms)}  p99 ${latency(event.p99Ms)}  ${errors}`;
  }

  #sinceStart(): string {
    return `  ${formatDuration(this.#context.elapsed() - this.#stage.startedAt)}`;
  }

  #expected(expectedMs: number | null): string {
    return expectedMs === null ? '' : this.#paint('dim', ` (usually ${formatDuration(expectedMs)})`);
  }

  #update(text: string, last: boolean): void {
    const interval = this.#context.interactive ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS;
    const now = this.#context.elapsed();
    if (!last && now - this.#lastLineAt < interval) return;
    this.#lastLineAt = now;
    if (!this.#context.interactive) {
      this.#context.err(`  ${text}\n`);
      return;
    }
    const room = Math.max(20, this.#context.columns() - 3);
    this.#context.err(
      `\r\x1b[2K  ${text.length > room && !text.includes('\x1b') ? `${text.slice(0, room - 1)}…` : text}`,
    );
    this.#changing = true;
  }

  #line(text: string): void {
    this.clear();
    this.#context.err(`${text}\n`);
    this.#lastLineAt = -Infinity;
  }

  #paint(style: Style, text: string): string {
    return this.#context.colour ? styleText(style, text, { validateStream: false }) : text;
  }
}
