/** `history` on run folders on disk: the page and its JSON, in order of time, and folders that could not be read. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEvidence, experimentNamed, testProfile } from '../claims/testing/build-evidence.ts';
import type { History } from '../model/history.ts';
import { askSignoff } from './testing/ask-signoff.ts';
import { writeRunFolder } from './testing/write-run-folder.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-history-'));
  const experiments = [experimentNamed('baseline')];
  const profile = { ...testProfile, experiments, gates: ['AC-1'] };
  const evidence = { ...buildEvidence(), experiments };
  for (const [runId, startedAt] of [
    ['b-first', '2026-11-01T10:00:00.000Z'],
    ['a-second', '2026-11-02T10:00:00.000Z'],
  ] as const) {
    const folder = path.join(directory, 'runs', runId);
    await writeRunFolder({ directory: folder, runId, startedAt, evidence, profile });
    expect((await askSignoff('judge', folder)).code).toBe(0);
  }
  await mkdir(path.join(directory, 'runs', 'no-run'));
  await mkdir(path.join(directory, 'empty'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe('history', () => {
  it('reads the runs in order of time, draws them, and tells what it could not read', async () => {
    const { code, out, err } = await askSignoff('history', path.join(directory, 'runs'), '--json');
    expect([code, err]).toEqual([0, '']);
    const { page, lanes, unread } = JSON.parse(out) as History & { page: string };
    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.runs.map(({ runId }) => runId)).toEqual(['b-first', 'a-second']);
    expect(lanes[0]?.series.map(({ metric }) => metric)).toContain('baseline.p99');
    expect(unread).toMatchObject([{ folder: 'no-run' }]);
    expect(page).toBe(path.join(directory, 'runs', 'history.html'));
    expect(await readFile(page, 'utf8')).toContain('id="history-1-baseline-p99"');
    expect((await readdir(path.join(directory, 'runs'))).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('writes where --out says, and tells in words', async () => {
    const page = path.join(directory, 'elsewhere', 'page.html');
    const { code, out } = await askSignoff('history', path.join(directory, 'runs'), '--out', page);
    expect(code).toBe(0);
    expect(out).toMatch(/page\.html: 2 runs\n {2}no change point\n {2}! no-run was not read: /);
    expect(await readFile(page, 'utf8')).toContain('signoff history');
  });

  it('counts a run once that lies in two folders, and tells of the other', async () => {
    const [copied, again] = [path.join(directory, 'copied'), path.join(directory, 'copied', 'z-again')];
    await cp(path.join(directory, 'runs', 'b-first'), path.join(copied, 'first'), { recursive: true });
    await cp(path.join(directory, 'runs', 'b-first'), again, { recursive: true });
    const { lanes, unread } = JSON.parse((await askSignoff('history', copied, '--json')).out) as History;
    expect(lanes.flatMap(({ runs }) => runs)).toHaveLength(1);
    expect(unread).toEqual([{ folder: 'z-again', reason: 'it holds run b-first, as first does: a run counts once' }]);
  });

  it.each(['empty', 'missing'])('ends with 64 for a folder that is %s', async (name) => {
    const { code, err } = await askSignoff('history', path.join(directory, name));
    expect(code).toBe(64);
    expect(err).toContain(name);
  });
});
