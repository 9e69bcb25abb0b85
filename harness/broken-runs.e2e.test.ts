/**
 * Broken runs: none of them is called a pass, and each is told by its cause.
 *
 * Every case starts from one real run that passes, so that what is not a pass is none because of what was broken. Defects are planted
 * in copies of that run, and blocks of it are measured again while something really breaks.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSignoff } from './commands/testing/ask-signoff.ts';
import { allGuards } from './gate/guards/all-guards.ts';
import { type RunFolder, sealRun, writeMeasurement } from './store.ts';
import type { MeasureBlockOptions } from './measure/measure-block.ts';
import { openBench, type Bench } from './testing/broken-runs/bench.ts';
import type { StoredDefect } from './testing/broken-runs/defect.ts';
import { folderDefects } from './testing/broken-runs/folder-defects.ts';
import { guardDefects } from './testing/broken-runs/guard-defects.ts';
import { type LiveFault, liveFaults } from './testing/broken-runs/live-faults.ts';
import { BrokenRunTable } from './testing/broken-runs/table.ts';

let bench: Bench;
const table = new BrokenRunTable();

beforeAll(async () => {
  bench = await openBench();
});

afterAll(async () => {
  await bench.remove();
  process.stdout.write(table.text());
  // Counted here, where every case has run: fewer would prove less than is claimed.
  expect(table.rows.length).toBeGreaterThanOrEqual(30);
});

async function gate({ directory }: RunFolder) {
  return await askSignoff('gate', directory, '--thresholds', bench.policy, '--json');
}

/** The verdict of the real program on a broken run; it must be no pass, and name the cause. */
async function expectRefusal(what: string, run: RunFolder, names: RegExp): Promise<void> {
  const { code, out, err } = await gate(run);
  const { verdict, reasons, error } = JSON.parse(out) as Answer;
  const said = [...(reasons ?? []), ...(error === undefined ? [] : [error.message]), err].join('\n');
  table.add({ what, verdict: verdict ?? 'refused', exit: code, reason: reasonIn(said, names) });
  expect(verdict, said).not.toBe('pass');
  expect(code, said).not.toBe(0);
  expect(said).toMatch(names);
}

interface Answer {
  verdict?: string;
  reasons?: string[];
  error?: { message: string };
}

function reasonIn(said: string, names: RegExp): string {
  return said.split('\n').find((line) => names.test(line)) ?? said.split('\n')[0] ?? '';
}

async function expectStored(kind: string, defect: StoredDefect): Promise<void> {
  const run = await bench.copy('stored');
  await defect.break(run);
  if (defect.resealed !== false) await sealRun(run);
  await expectRefusal(`${kind}: ${defect.what}`, run, defect.names);
}

/** One block of six is measured again, while it breaks; the others are those of the healthy run. */
async function expectLive(fault: LiveFault): Promise<void> {
  const run = await bench.copy('live');
  const changes = (await fault.before?.(bench)) ?? {};
  const breaking: Promise<void>[] = [];
  const progress: MeasureBlockOptions['progress'] = ({ kind }) => {
    if (kind === 'live' && breaking.length === 0) breaking.push(Promise.resolve(fault.underLoad?.(bench)));
  };
  try {
    await writeMeasurement(run, await bench.measure(run, 1, { ...changes, progress }));
    await Promise.all(breaking);
  } finally {
    await fault.after?.(bench);
  }
  await sealRun(run);
  await expectRefusal(`live: ${fault.what}`, run, fault.names);
}

describe('the healthy run, without which nothing here proves anything', () => {
  it('passes, in the folder that it was measured into and in a copy', async () => {
    const { code, out } = await gate(bench.healthy);
    expect(JSON.parse(out), out).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(code).toBe(0);
    expect((await gate(await bench.copy('intact'))).code).toBe(0);
    expect((await askSignoff('verify', bench.healthy.directory)).code).toBe(0);
  });

  it('still passes when a copy is sealed again', async () => {
    const run = await bench.copy('sealed-again');
    await sealRun(run);
    expect((await gate(run)).code).toBe(0);
  });
});

describe.each(Object.entries(folderDefects))('a stored run, %s', (kind, defects) => {
  it.each(defects)('$what', (defect) => expectStored(kind, defect));
});

describe('a stored run whose guards do not hold', () => {
  it.each(guardDefects)('$what', (defect) => expectStored('guard', defect));

  it('for every guard that there is', () => {
    const told = guardDefects.map(({ names }) => names.source).join(' ');
    expect(allGuards.map(({ id }) => id).filter((id) => !told.includes(`guard ${id} failed`))).toEqual([]);
  });
});

describe('a run in which something really breaks', () => {
  it.each(liveFaults)('$what', (fault) => expectLive(fault));
});
