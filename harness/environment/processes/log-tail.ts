/** The last lines of a log file, for messages that must show what a server said before it failed. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const MOST_BYTES = 16_384;

/** At most `lines` last non-empty lines; none when the file is not there. */
export function readLogTail(file: string, lines = 15): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return []; // the process never got so far as to write
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, MOST_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const whole = buffer.toString('utf8').split('\n');
    return whole.filter((line) => line.trim() !== '').slice(-lines);
  } finally {
    closeSync(descriptor);
  }
}

/** The tail as the end of an error message. */
export function describeLogTail(file: string, lines?: number): string {
  const tail = readLogTail(file, lines);
  return tail.length === 0 ? `its log (${file}) is empty` : `the end of its log:\n  ${tail.join('\n  ')}`;
}
