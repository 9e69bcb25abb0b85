/** The build lock keeps others out while its owner lives, and no longer. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withBuildLock } from './build-lock.ts';

let folder = '';
let file = '';
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'build-lock-'));
  file = path.join(folder, 'deep', 'k6.lock');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('withBuildLock', () => {
  it('lets one in after the other, and goes away', async () => {
    const events: string[] = [];
    const waits: number[] = [];
    const enter = (name: string) =>
      withBuildLock({ file, signal, onWait: ({ pid }) => waits.push(pid) }, async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b')]);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(waits).toEqual([process.pid]);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['a dead owner', JSON.stringify({ pid: process.pid, startTime: 'of an earlier process' })],
    ['an owner that wrote nothing', ''],
  ])('is taken over from %s', async (_, content) => {
    await withBuildLock({ file, signal, onWait: () => undefined }, () => Promise.resolve());
    writeFileSync(file, content);
    expect(await withBuildLock({ file, signal, onWait: () => undefined }, () => Promise.resolve('built'))).toBe(
      'built',
    );
  });

  it('is let go after a failure', async () => {
    const failing = withBuildLock({ file, signal, onWait: () => undefined }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('is not waited for any longer when interrupted', async () => {
    const stop = new AbortController();
    await withBuildLock({ file, signal, onWait: () => undefined }, async () => {
      const waiting = withBuildLock({ file, signal: stop.signal, onWait: () => stop.abort() }, () => Promise.resolve());
      await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    });
  });
});
