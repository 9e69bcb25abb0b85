/** Waits until a server answers in its own protocol; a time-out tells its last answer and the end of its log. */
import { setTimeout as pause } from 'node:timers/promises';
import { SignoffError } from '../../model/errors.ts';
import { interruption } from './interruption.ts';
import { describeLogTail } from './log-tail.ts';
import type { ServerProcess } from './server-process.ts';

/** null: ready. Otherwise what it answered, or why it did not. */
type Probe = () => Promise<string | null>;

export interface AwaitReadyOptions {
  server: ServerProcess;
  probe: Probe;
  timeoutMs: number;
  signal: AbortSignal;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

/** Rejects with SERVER_NOT_READY when the server ends or the time is over, with INTERRUPTED when the signal aborts. */
export async function awaitReady({ server, probe, timeoutMs, signal }: AwaitReadyOptions): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const end: { how: string | null } = { how: null };
  void server.exited.then((exit) => {
    end.how = exit.signal === null ? `exit code ${exit.exitCode ?? 'unknown'}` : `signal ${exit.signal}`;
  });
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    if (signal.aborted) throw interruption(signal, `${server.name} was starting`);
    const answer = await probe().catch(describeProblem);
    if (answer === null) return;
    if (end.how !== null) {
      throw new SignoffError(
        'SERVER_NOT_READY',
        `${server.name} ended with ${end.how} while starting; ${describeLogTail(server.logFile)}`,
      );
    }
    if (performance.now() > deadline) {
      const seconds = Math.round(timeoutMs / 1000);
      const log = describeLogTail(server.logFile);
      throw new SignoffError(
        'SERVER_NOT_READY',
        `${server.name} was not ready after ${seconds} s; its last answer: ${answer}; ${log}`,
      );
    }
    await pause(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}

/** One line for anything thrown; a refused connection has an empty message of its own in Node. */
export function describeProblem(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(describeProblem).join(', ');
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : ` (${describeProblem(thrown.cause)})`;
  return `${thrown.message || thrown.name}${cause}`;
}
