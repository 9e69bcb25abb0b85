/** Where selftests lie below reports/, and the newest of a machine among them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { selftestVerdict } from '../gate/selftest-verdict.ts';
import type { Environment } from '../model/environment.ts';
import { type RecordedSelftest, type Selftest, type SelftestMachine, selftestSchema } from '../model/selftest.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { hashPolicy } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { methodFingerprint } from './method-fingerprint.ts';
import { writeWhole } from './write-whole.ts';

/** All that is needed of a command's outside world. */
type Place = Pick<CommandContext, 'root'>;

/** Below reports/, beside the run folders. */
export const selftestsName = 'selftest';
const selftestsOf = ({ root }: Place) => path.join(root, 'reports', selftestsName);
const fileName = 'selftest.json';

/** A folder of its own for a selftest that begins now, where later runs look for it; the run folders of its comparisons go into it. */
export function newSelftestFolder(context: Place, startedAt: string): string {
  return path.join(selftestsOf(context), startedAt.replaceAll(/[-:]|\.\d+/g, ''));
}

export async function writeSelftest(folder: string, selftest: Selftest): Promise<string> {
  const file = path.join(folder, fileName);
  await writeWhole(file, `${JSON.stringify(selftestSchema.parse(selftest), null, 2)}\n`);
  return file;
}

export function machineOf({ host, kind }: Pick<Environment, 'host' | 'kind'>): SelftestMachine {
  return { cpu: host.cpu, cores: host.cores, environment: kind };
}

/**
 * The newest selftest of this machine: of those that tried every case, where there are such. undefined where there is none.
 * A later one of some cases only is taken where it shows a miss or a false alarm that no still later one has shown to be gone.
 * `complain` is told of a file that cannot be read: it may be of a later version, and must not stop a run.
 */
export async function newestSelftest(
  context: Place,
  { environment, thresholds }: { environment: Pick<Environment, 'host' | 'kind'>; thresholds: Thresholds },
  complain: (message: string) => void,
): Promise<RecordedSelftest | undefined> {
  const folder = selftestsOf(context);
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') complain(`${folder} cannot be read: ${error.message}`);
    return [];
  });
  const wanted = JSON.stringify(machineOf(environment));
  let partial: Selftest | undefined;
  const settled = new Set<string>();
  for (const entry of entries.sort().reverse()) {
    const selftest = await readSelftest(path.join(folder, entry, fileName), complain);
    if (selftest === null || JSON.stringify(selftest.machine) !== wanted) continue;
    const failed = selftest.cases.some((one) => selftestVerdict([one]) === 'fail' && !settled.has(one.id));
    if (failed || selftest.notTried.length === 0) return await recorded(context, selftest, thresholds);
    partial ??= selftest;
    for (const one of selftest.cases) if (one.invalid === null) settled.add(one.id);
  }
  return partial === undefined ? undefined : await recorded(context, partial, thresholds);
}

async function recorded({ root }: Place, selftest: Selftest, thresholds: Thresholds): Promise<RecordedSelftest> {
  return {
    selftest,
    sameMethod: selftest.method === (await methodFingerprint(root)),
    samePolicy: selftest.policy === hashPolicy(thresholds),
  };
}

/** null where there is none, because it was interrupted before its first case had ended, or goes on. */
async function readSelftest(file: string, complain: (message: string) => void): Promise<Selftest | null> {
  try {
    return selftestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    complain(
      `${file} is not a selftest that can be read: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
    );
    return null;
  }
}
