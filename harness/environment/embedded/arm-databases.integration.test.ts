/** Two builds with a database each: what one does to its own, the other does not see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyStatements } from '../../faults/apply-statements.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { ServiceInstance } from '../../model/system.ts';
import {
  armDatabases,
  copyForArms,
  countIndexes,
  countOrders,
  countStatements,
  createOrder,
  expectCopiesAlike,
  migrateBase,
  poolMaxAt,
  readyAnswer,
  seedThree,
  startArms,
} from '../testing/arm-databases.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import type { EmbeddedSystem } from './embedded-system.ts';
import { startEmbedded } from './start-embedded.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };
let temporary: PrivateTemporary;
let running: EmbeddedSystem;
let manifest: Manifest;
let arms: { base: ServiceInstance; candidate: ServiceInstance };

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  running = await startEmbedded({ keep: false, tools: await provisionTools(quiet, toolNames), ...quiet });
  manifest = await seedThree(running);
  // Somebody is at work there: they are stopped before it is copied.
  await running.startServices([{ arm: 'rls', slot: 0 }]);
  await copyForArms(running);
});

afterAll(async () => {
  await running.stop();
  temporary.leave();
});

describe('copies of the seeded database', () => {
  it('are alike in all that planner and policies go by', async () => {
    await expectCopiesAlike(running);
  });

  it('have nothing left to migrate for the build that made the first', async () => {
    expect(await migrateBase(running)).toEqual([]);
  });

  it('serve an arm each, as the production role, with its own configuration', async () => {
    arms = await startArms(running);
    for (const { url } of [arms.base, arms.candidate]) {
      expect(await readyAnswer(url)).toMatchObject({ ready: true, rlsMode: 'rls', databaseUser: 'alphapulse_app' });
    }
    expect([await poolMaxAt(arms.base.url), await poolMaxAt(arms.candidate.url)]).toEqual([10, 3]);
  });

  it('keep what their arm writes to themselves, and their statements apart', async () => {
    await createOrder(arms.base.url, manifest, 'of-the-base');
    expect(await countOrders(running, 'of-the-base')).toEqual([0, 1, 0]);
    const [ofBase, ofCandidate] = await countStatements(running);
    expect(ofBase).toBeGreaterThan(0);
    expect(ofCandidate).toBe(0);
    await createOrder(arms.candidate.url, manifest, 'of-the-candidate');
    expect(await countOrders(running, 'of-the-candidate')).toEqual([0, 0, 1]);
    expect((await countStatements(running))[1]).toBeGreaterThan(0);
  });

  it('lose an index one by one', async () => {
    const index = 'trades_portfolio_executed_idx';
    expect(await countIndexes(running, index)).toEqual([1, 1]);
    await applyStatements(running.system, [`drop index ${index}`], armDatabases.candidate);
    expect(await countIndexes(running, index)).toEqual([1, 0]);
  });

  it('are replaced and dropped; the seeded one never', async () => {
    await running.copyDatabase(armDatabases.base);
    expect(running.system.services).toEqual([]);
    expect((await countOrders(running, 'of-the-base'))[1]).toBe(0);
    await running.dropDatabase(armDatabases.base);
    await running.dropDatabase(armDatabases.base);
    await expect(running.dropDatabase(running.system.postgres.database)).rejects.toThrow('is not a copy');
    await expect(running.copyDatabase('postgres')).rejects.toThrow('is not a copy');
  });
});
