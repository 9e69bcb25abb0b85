/**
 * `npm test`: static checks, unit, integration, end-to-end and container tests; the last line counts them all together.
 * `npm test -- KIND…` runs only those of these kinds: static, unit, integration, e2e, containers.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { EngineMissing } from './engine/engine-missing.ts';
import { withContainerEngine } from './engine/with-container-engine.ts';
import { type Step, runStep } from './steps.ts';
import { staticChecks } from './static-checks.ts';

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

interface Count {
  passed: number;
  failed: number;
}

/** What failed, said again after the last line of the last kind: whoever sees only the end of a long log sees this. */
const failures: string[] = [];
/** Of one failure; the whole message stands where the test ran. */
const SHOWN_LINES = 12;

function tellFailure(title: string, message: string): void {
  const lines = message.split('\n').slice(0, SHOWN_LINES);
  failures.push([`✘ ${title}`, ...lines.map((line) => `    ${line}`)].join('\n'));
}

async function runStaticChecks(): Promise<Count> {
  const count = { passed: 0, failed: 0 };
  for (const step of staticChecks) {
    signal.throwIfAborted();
    const passed = await runStep({ ...step, signal });
    if (!passed) tellFailure(step.title, 'see above');
    count[passed ? 'passed' : 'failed'] += 1;
  }
  return count;
}

/** A file that could not even be loaded counts as a failure, and so do skipped tests: nothing here may be skipped. */
async function runProject(project: string, more: Pick<Step, 'environment' | 'held'> = {}): Promise<Count> {
  signal.throwIfAborted();
  const file = path.join(directory, `${project}.json`);
  const args = [
    'run',
    '--project',
    `${project}*`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const ended = await runStep({ title: `${project} tests`, program: 'vitest', args, signal, ...more });
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    tellFailure(`${project} tests`, 'the test runner left no report');
    return { passed: 0, failed: 1 };
  }
  const report = reportSchema.parse(JSON.parse(text));
  const unloadable = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  for (const suite of unloadable) tellFailure(suite.name, suite.message);
  for (const test of report.testResults.flatMap((suite) => suite.assertionResults))
    if (test.status === 'failed') tellFailure(`${project}: ${test.fullName}`, test.failureMessages.join('\n'));
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) process.stdout.write(`${skipped} skipped tests count as failed\n`);
  const failed = report.numFailedTests + unloadable.length + skipped;
  return { passed: report.numPassedTests, failed: ended ? failed : Math.max(1, failed) };
}

/** In CI an engine that cannot be had is a failure; on a person's machine it is said, and neither passes nor fails. */
async function runContainerTests(): Promise<Count> {
  const tell = (message: string) => void process.stdout.write(`engine: ${message}\n`);
  try {
    return await withContainerEngine({ tell, signal }, (environment) => runProject('containers', { environment }));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineMissing && !inCi) {
      process.stdout.write(`\ncontainer tests did not run: ${error.message}\n`);
      return { passed: 0, failed: 0 };
    }
    tellFailure('containers tests', error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

const kinds: Record<string, () => Promise<Count>> = {
  static: runStaticChecks,
  unit: () => runProject('unit'),
  integration: () => runProject('integration', { held: chosen.length > 1 }),
  e2e: () => runProject('e2e'),
  containers: runContainerTests,
};

/**
 * Kinds of one lane run one after the other, lanes beside each other: integration tests mostly wait for servers. What is measured end to
 * end has the machine to itself.
 */
const stages: string[][][] = [[['static', 'unit'], ['integration']], [['e2e']], [['containers']]];

async function runLane(lane: string[]): Promise<Count[]> {
  const counts: Count[] = [];
  for (const kind of lane.filter((one) => chosen.includes(one)))
    counts.push((await kinds[kind]?.()) ?? { passed: 0, failed: 1 });
  return counts;
}

const BAD_ARGUMENTS = 64;
const INTERRUPTED = 130;
/** What CI systems set; .ci/run sets it where they do not. */
const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');
const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort());
// The bootstrap's channel closes when it was killed.
process.on('disconnect', () => interruption.abort());

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(kinds);
const unknown = chosen.find((kind) => !Object.hasOwn(kinds, kind));
if (unknown !== undefined) {
  process.stderr.write(`there are no ${unknown} tests; the kinds are ${Object.keys(kinds).join(', ')}\n`);
  process.exit(BAD_ARGUMENTS);
}

const directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-test-'));
try {
  const counts: Count[] = [];
  for (const lanes of stages) counts.push(...(await Promise.all(lanes.map(runLane))).flat(2));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  if (failures.length > 0) process.stdout.write(`\n${failures.join('\n\n')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!signal.aborted) throw error;
  process.stdout.write('\ninterrupted\n');
  process.exitCode = INTERRUPTED;
} finally {
  await rm(directory, { recursive: true, force: true });
  if (process.connected) process.disconnect();
}
