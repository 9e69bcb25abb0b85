/** Runs a command line in this process with an outside world of its own. */
import path from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { runProgram } from '../program.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** A world that keeps what is written to it. */
export function testContext(): { context: CommandContext; text: { out: string; err: string } } {
  const text = { out: '', err: '' };
  const context: CommandContext = {
    ...{ root, workingDirectory: root, env: {}, pid: process.pid, interactive: false, colour: false },
    out: (part) => (text.out += part),
    err: (part) => (text.err += part),
    columns: () => 80,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-22T12:00:00Z'),
    elapsed: () => 0,
  };
  return { context, text };
}

export async function askSignoff(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const { context, text } = testContext();
  return { code: await runProgram(context, 'test', argv), ...text };
}
