/** `signoff selftest`: shows that on this machine the gate goes red for ten real regressions, and stays quiet for identical programs. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readCommit } from '../environment/read-commit.ts';
import { selftestVerdict } from '../gate/selftest-verdict.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { Selftest, SelftestCase } from '../model/selftest.ts';
import { hashPolicy } from '../store.ts';
import { buildSelftestPrograms } from './build-selftest-programs.ts';
import type { CommandContext } from './command-context.ts';
import { methodFingerprint } from './method-fingerprint.ts';
import { refuseExistingFolder } from './new-run.ts';
import { createPhaseClock } from './phases.ts';
import { prepareSystem, type PreparedSystem } from './prepare-system.ts';
import { createReporter } from './reporter.ts';
import { runSelftestCase } from './run-selftest-case.ts';
import { newSelftestFolder, writeSelftest } from './selftest-folder.ts';
import { selftestJson } from './selftest-json.ts';
import { caseLine, summaryLines } from './selftest-lines.ts';
import { addSelftestFlags, caseIdOf, readSelftestRequest, type SelftestRequest } from './selftest-request.ts';
import type { Verb } from './verb.ts';

export const selftestVerb: Verb = {
  name: 'selftest',
  summary:
    'Plant ten real regressions, one after the other, and see that the right claim finds each; identical programs must stay quiet. Reports of later runs on this machine say so.',
  configure: addSelftestFlags,
  run: async (context, flags) => {
    const request = await readSelftestRequest(context, flags);
    await refuseExistingFolder(request.out);
    const { selftest, file } = await runSelftest(context, request);
    const verdict = selftestVerdict(selftest.cases);
    if (request.json) context.out(`${JSON.stringify(selftestJson(selftest, exitCode(verdict)), null, 2)}\n`);
    else context.out(`${summaryLines(context, selftest, verdict)}  ${file}\n`);
    return exitCode(verdict);
  },
};

interface Done {
  selftest: Selftest;
  file: string;
}

/** Everything is stopped at the end, and what was tried is stored after each case: an interruption leaves what is known so far. */
async function runSelftest(context: CommandContext, request: SelftestRequest): Promise<Done> {
  const startedAtMs = context.elapsed();
  const reporter = createReporter(context);
  const { progress } = reporter;
  const startedAt = context.now().toISOString();
  const folder = request.out ?? newSelftestFolder(context, startedAt);
  const clock = createPhaseClock(context);
  const prepared = await prepareSystem({
    request: { ...request, keep: false },
    clock,
    progress,
    signal: context.signal,
  });
  try {
    const about = { ...(await describe(context, request, prepared)), startedAt };
    const { plans } = request;
    const { base, programs } = await buildSelftestPrograms(context, { plans, manifest: prepared.manifest, progress });
    const cases: SelftestCase[] = [];
    const done = (): Selftest => ({
      ...about,
      wallMs: Math.round(context.elapsed() - startedAtMs),
      notTried: [...request.leftOut, ...plans.slice(cases.length).map(caseIdOf)],
      cases,
    });
    for (const [index, { plan, built }] of programs.entries()) {
      const title = `case ${index + 1} of ${plans.length}: ${caseIdOf(plan)}, ${plan?.title ?? 'the same program in both arms'}`;
      progress({ kind: 'stage', id: `selftest:${caseIdOf(plan)}`, title, expectedMs: null });
      const one = await runSelftestCase(context, plan, { request, prepared, base, candidate: built, folder });
      cases.push(one);
      await writeSelftest(folder, done());
      if (request.json) context.err(caseLine(one));
      else context.out(caseLine(one));
    }
    const selftest = done();
    return { selftest, file: await writeSelftest(folder, selftest) };
  } finally {
    progress({ kind: 'stage', id: 'down', title: 'stop everything', expectedMs: null });
    await prepared.running.stop();
    await reporter.end();
  }
}

const packageSchema = z.object({ version: z.string() });

async function describe(
  { root }: CommandContext,
  { tenants, rowsPerTenant, seed, atMostMs, thresholds }: SelftestRequest,
  { running }: PreparedSystem,
): Promise<Omit<Selftest, 'startedAt' | 'wallMs' | 'notTried' | 'cases'>> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
  const { gitSha } = await readCommit(root);
  return {
    schemaVersion: 1,
    ...{ version, commit: gitSha, method: await methodFingerprint(root), policy: hashPolicy(thresholds) },
    machine: {
      cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
      cores: os.availableParallelism(),
      environment: running.system.kind,
    },
    ...{ tenants, rowsPerTenant, seed, atMostMs },
  };
}
