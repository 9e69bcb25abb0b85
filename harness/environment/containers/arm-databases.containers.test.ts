/** Two builds with a database each, on a real engine: an image for each program, gone with the run. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyStatements } from '../../faults/apply-statements.ts';
import { bundleService, type ServiceBundle } from '../../faults/bundle-service.ts';
import type { Manifest } from '../../model/manifest.ts';
import { docker } from '../../testing/on-engine.ts';
import type { RunningSystem } from '../environment-driver.ts';
import { repositoryFolder } from '../service/service-program.ts';
import {
  armDatabases,
  copyForArms,
  countIndexes,
  countOrders,
  createOrder,
  expectCopiesAlike,
  migrateBase,
  poolMaxAt,
  readyAnswer,
  seedThree,
  startArms,
} from '../testing/arm-databases.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { containersDriver } from './start-containers.ts';
import { runLabel } from './run-labels.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };
const index = 'trades_portfolio_executed_idx';
let temporary: PrivateTemporary;
let folder: string;
let bundle: ServiceBundle;
let running: RunningSystem;
let manifest: Manifest;

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  folder = await mkdtemp(path.join(os.tmpdir(), 'programs-'));
  bundle = await bundleService(repositoryFolder, `test-arms-${process.pid}`, []);
  running = await (await containersDriver.prepare(quiet)).start({ keep: false, ...quiet });
  manifest = await seedThree(running);
  await copyForArms(running);
});

afterAll(async () => {
  const { id } = running.system;
  await running.stop();
  await bundle.remove();
  await rm(folder, { recursive: true });
  temporary.leave();
  expect(await docker('images', '--quiet', '--filter', `label=${runLabel}=${id}`)).toBe('');
});

const imageOf = (arm: string): string | undefined =>
  running.system.containers.find(({ name }) => name === `service:${arm}`)?.imageId;

it('copies are alike, and have nothing left to migrate', async () => {
  await expectCopiesAlike(running);
  expect(await migrateBase(running)).toEqual([]);
});

it('each arm runs its own program on its own database, in an image of its own', async () => {
  const candidate = path.join(folder, 'server.mjs');
  await writeFile(candidate, `${await readFile(bundle.entry, 'utf8')}\n// another build\n`);
  const arms = await startArms(running, { base: bundle.entry, candidate });
  for (const { url } of [arms.base, arms.candidate]) {
    expect(await readyAnswer(url)).toMatchObject({ ready: true, rlsMode: 'rls', databaseUser: 'alphapulse_app' });
  }
  expect([await poolMaxAt(arms.base.url), await poolMaxAt(arms.candidate.url)]).toEqual([10, 3]);
  expect(imageOf('base')).not.toBe(imageOf('candidate'));
  await createOrder(arms.candidate.url, manifest, 'of-the-candidate');
  expect(await countOrders(running, 'of-the-candidate')).toEqual([0, 0, 1]);
});

it('a program that ran before is not built anew; an index is dropped in one copy only', async () => {
  const same = path.join(folder, 'same.mjs');
  await copyFile(bundle.entry, same);
  await startArms(running, { base: same, candidate: bundle.entry });
  expect(imageOf('base')).toBe(imageOf('candidate'));
  expect(await countIndexes(running, index)).toEqual([1, 1]);
  await applyStatements(running.system, [`drop index ${index}`], armDatabases.candidate);
  expect(await countIndexes(running, index)).toEqual([1, 0]);
});
