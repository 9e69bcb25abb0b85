/** Two builds of the service run as the arms of one system: each its own program, and its own migrations on its own database. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedSystem } from '../environment/embedded/embedded-system.ts';
import { startEmbedded } from '../environment/embedded/start-embedded.ts';
import { armDatabases, countIndexes, seedThree, startArms } from '../environment/testing/arm-databases.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../environment/testing/private-temporary.ts';
import { provisionTools } from '../environment/tools/provision-tools.ts';
import { toolNames } from '../environment/tools/tool.ts';
import { resolveBuild, type ResolvedBuild } from './resolve-build.ts';

const root = path.join(import.meta.dirname, '..', '..');
const quiet = { progress: () => undefined, signal: new AbortController().signal };
const index = 'trades_fee_idx';
let temporary: PrivateTemporary;
let folder: string;
let running: EmbeddedSystem;

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  folder = mkdtempSync(path.join(os.tmpdir(), 'candidate-'));
  running = await startEmbedded({ keep: false, tools: await provisionTools(quiet, toolNames), ...quiet });
  await seedThree(running);
});

afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true });
  temporary.leave();
});

/** The service as it is, with another version and one more migration. */
function writeCandidate(migration: string): string {
  for (const name of ['reference-service', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  writeFileSync(path.join(folder, 'reference-service', 'migrations', '900_more.sql'), migration);
  writeFileSync(
    path.join(folder, 'reference-service', 'service-version.ts'),
    "export const serviceVersion = 'candidate';\n",
  );
  return folder;
}

async function build(
  ref: string,
): Promise<ResolvedBuild & { program: { serviceEntry: string; migrateEntry: string } }> {
  const { build, program } = await resolveBuild(ref, { root, workingDirectory: root, ...quiet });
  if ('url' in program) throw new Error('a folder is no URL');
  return { build, program };
}

const migrate = (database: string, entry: string): Promise<string[]> =>
  running.migrateDatabase({ database, entry, signal: quiet.signal });

const versionAt = async (url: string): Promise<unknown> =>
  ((await (await fetch(`${url}/healthz`)).json()) as { version: unknown }).version;

describe('two builds', () => {
  it('run beside one another on databases that each has migrated', async () => {
    const migration = `-- Up Migration\ncreate index ${index} on trades (tenant_id, fee);\n-- Down Migration\ndrop index ${index};\n`;
    const base = await build('.');
    const candidate = await build(writeCandidate(migration));
    expect(candidate.build.contentHash).not.toBe(base.build.contentHash);
    for (const copy of Object.values(armDatabases)) await running.copyDatabase(copy);
    expect(await migrate(armDatabases.base, base.program.migrateEntry)).toEqual([]);
    expect(await migrate(armDatabases.candidate, candidate.program.migrateEntry)).toEqual(['900_more']);
    expect(await countIndexes(running, index)).toEqual([0, 1]);
    const arms = await startArms(running, {
      base: base.program.serviceEntry,
      candidate: candidate.program.serviceEntry,
    });
    expect([await versionAt(arms.base.url), await versionAt(arms.candidate.url)]).toEqual(['1.0.0', 'candidate']);
  });

  it('of which one cannot migrate the data are told apart by what its migrations say', async () => {
    const candidate = await build(writeCandidate('-- Up Migration\nselect nothing_of_that_name;\n-- Down Migration\n'));
    await running.copyDatabase(armDatabases.candidate);
    await expect(migrate(armDatabases.candidate, candidate.program.migrateEntry)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      exitCode: 69,
      message: expect.stringMatching(/arm_candidate(.|\n)*nothing_of_that_name/) as string,
    });
  });

  it('older than the data find a newer schema, and take no step', async () => {
    const newer = await build(writeCandidate('-- Up Migration\nselect 1;\n-- Down Migration\nselect 1;\n'));
    await running.copyDatabase(armDatabases.base);
    expect(await migrate(armDatabases.base, newer.program.migrateEntry)).toEqual(['900_more']);
    const { program } = await build('.');
    expect(await migrate(armDatabases.base, program.migrateEntry)).toEqual([]);
  });
});
