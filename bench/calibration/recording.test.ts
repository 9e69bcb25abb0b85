/** A recording comes back as it was written, and what is drawn from it keeps its blocks, its effect and its chance. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../harness/statistics/seeded-random.ts';
import { type RecordedBlock, readRecording, writeRecording } from './recording.ts';
import { redraw } from './redraw.ts';

const scratch = await mkdtemp(path.join(os.tmpdir(), 'signoff-recording-'));
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

const block = (candidateMs: number[], cpuMs: number | null): RecordedBlock => ({
  baseMs: Float64Array.from(candidateMs, () => 4),
  candidateMs: Float64Array.from(candidateMs),
  candidateFirst: Uint8Array.from(candidateMs, (_, index) => index % 2),
  endpoint: candidateMs.map((_, index) => (index === 0 ? 'burst' : 'trades.list')),
  tenant: Int32Array.from(candidateMs, (_, index) => index),
  unpaired: 0,
  baseCpuMs: cpuMs,
  candidateCpuMs: cpuMs,
});
const recording = [block([5, 6, 7], 1.5), block([8, 9.5], null)];

describe('a recording', () => {
  it('comes back as it was written', async () => {
    const file = path.join(scratch, 'pairs.parquet');
    await writeRecording(file, recording);
    expect(await readRecording(file)).toEqual(recording);
  });
});

describe('redraw', () => {
  it('exchanges the arms of half the blocks', () => {
    const next = redraw({ recording, effect: { on: 'all', share: 0 }, random: seededRandom(1) });
    const drawn = Array.from({ length: 400 }, next);
    const kept = drawn.filter(({ baseMs }) => baseMs[0] === 4).length;
    expect(kept).toBeGreaterThan(160);
    expect(kept).toBeLessThan(240);
    expect(drawn.every(({ baseMs, candidateMs }) => baseMs[0] === 4 || candidateMs[0] === 4)).toBe(true);
  });

  it('puts the effect on the candidate, on all of it or on its tail', () => {
    const all = redraw({ recording, effect: { on: 'all', share: 0.5 }, random: seededRandom(2) })();
    expect([6, 7.5, 12]).toContain(all.candidateMs[0]);
    const tail = redraw({ recording, effect: { on: 'tail', share: 0.5 }, random: seededRandom(3) });
    const values = new Set(Array.from({ length: 50 }, tail).flatMap(({ candidateMs }) => [...candidateMs]));
    expect([...values].sort((a, b) => a - b)).toEqual([4, 5, 6, 8, 10.5, 14.25]);
  });
});
