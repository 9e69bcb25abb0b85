/** Runs k6 through a block: feeds its output on, and calls the gatherers at the ends of the measured window. */
import { setTimeout as delay } from 'node:timers/promises';
import { asSignoffError } from '../model/errors.ts';
import type { Progress } from '../model/progress.ts';
import type { Moment } from './gatherer.ts';
import { type K6Exit, type K6Start, startK6 } from './k6-process.ts';
import { lineSplitter } from './line-splitter.ts';
import type { ParquetWriter } from './parquet-writer.ts';
import { SampleStream } from './sample-stream.ts';
import { type MeasuredWindow, windowFrom } from './window.ts';

const LIVE_INTERVAL_MS = 1_000;

export interface LoadDrive {
  scenario: string;
  times: { warmUpMs: number; durationMs: number };
  start: Omit<K6Start, 'onOutput'>;
  writer: ParquetWriter;
  /** Called at every moment of the window; never rejects. */
  at: (moment: Moment) => Promise<void>;
  onStarted: (pid: number) => void;
  progress: Progress;
  signal: AbortSignal;
}

export interface LoadOutcome {
  exit: K6Exit;
  stream: SampleStream;
  /** null when the load never began. */
  window: MeasuredWindow | null;
  /** Why k6's output could not be read to its end; null when it could. */
  unreadable: Error | null;
}

/**
 * Rejects only when k6 could not be started; however it ended is in the outcome. k6 has ended when this resolves or
 * rejects.
 */
export async function driveLoad(drive: LoadDrive): Promise<LoadOutcome> {
  const { writer, signal } = drive;
  signal.throwIfAborted();
  const over = new AbortController();
  let window: MeasuredWindow | null = null;
  let watching: Promise<void> = Promise.resolve();
  const requests: string[] = [];
  const stream = new SampleStream({
    onHeader: (columns) => writer.start(columns),
    onRequest: (line) => requests.push(line),
    onLoadStart: (atMs) => {
      window = windowFrom(atMs, drive.times);
      watching = followWindow(drive, stream, window, over.signal);
    },
  });
  const addChunk = lineSplitter((line) => stream.addLine(line));
  let unreadable: Error | null = null;
  const onOutput = (chunk: string): void => {
    if (unreadable !== null) return;
    try {
      passOn(chunk, addChunk, requests, writer);
    } catch (error) {
      unreadable = asSignoffError(error);
      run.stop();
    }
  };
  const run = await startK6({ ...drive.start, onOutput });
  signal.addEventListener('abort', run.stop, { once: true });
  if (signal.aborted) run.stop();
  try {
    drive.onStarted(run.pid);
    const exit = await run.ended;
    return { exit, stream, window, unreadable };
  } finally {
    signal.removeEventListener('abort', run.stop);
    over.abort();
    await watching;
  }
}

/** All request lines of a chunk go on in one write. */
function passOn(chunk: string, addChunk: (chunk: string) => void, requests: string[], writer: ParquetWriter): void {
  addChunk(chunk);
  if (requests.length === 0) return;
  writer.write(`${requests.join('\n')}\n`);
  requests.length = 0;
}

/** From the load's beginning to its end, or to the end of k6, whichever is first. */
async function followWindow(
  drive: LoadDrive,
  stream: SampleStream,
  window: MeasuredWindow,
  over: AbortSignal,
): Promise<void> {
  const live = setInterval(() => tellLive(drive, stream, window), LIVE_INTERVAL_MS);
  try {
    if (!(await sleepUntil(window.warmUpEndsAtMs, over))) return;
    await drive.at('windowStarts');
    for (let lookAtMs = window.warmUpEndsAtMs + 1_000; lookAtMs < window.measureEndsAtMs; lookAtMs += 1_000) {
      if (!(await sleepUntil(lookAtMs, over))) break;
      void drive.at('everySecond');
    }
    await sleepUntil(window.measureEndsAtMs, over);
    await drive.at('windowEnds');
  } finally {
    clearInterval(live);
  }
}

/** Whether the time was reached before k6 ended. */
async function sleepUntil(atMs: number, over: AbortSignal): Promise<boolean> {
  try {
    await delay(Math.max(0, atMs - Date.now()), undefined, { signal: over });
    return true;
  } catch (error) {
    if (over.aborted) return false;
    throw error;
  }
}

function tellLive({ scenario, times, progress }: LoadDrive, stream: SampleStream, window: MeasuredWindow): void {
  const now = Date.now();
  const totalMs = times.warmUpMs + times.durationMs;
  const elapsedMs = Math.min(totalMs, Math.max(0, now - window.loadStartedAtMs));
  progress({ kind: 'live', scenario, elapsedMs, totalMs, ...stream.live.read(now) });
}
