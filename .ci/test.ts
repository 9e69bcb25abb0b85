/** `npm test`: static checks, unit, integration and end-to-end tests; the last line counts them all together. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { runStep } from './steps.ts';
import { staticChecks } from './static-checks.ts';

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

interface Count {
  passed: number;
  failed: number;
}

async function runStaticChecks(): Promise<Count> {
  const count = { passed: 0, failed: 0 };
  for (const step of staticChecks) count[(await runStep(step)) ? 'passed' : 'failed'] += 1;
  return count;
}

/** A file that could not even be loaded counts as a failure, and so do skipped tests: nothing here may be skipped. */
async function runProject(project: string, directory: string): Promise<Count> {
  const file = path.join(directory, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ended = await runStep({ title: `${project} tests`, program: 'vitest', args });
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: 1 };
  const report = reportSchema.parse(JSON.parse(text));
  const unloadable = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) process.stdout.write(`${skipped} skipped tests count as failed\n`);
  const failed = report.numFailedTests + unloadable.length + skipped;
  return { passed: report.numPassedTests, failed: ended ? failed : Math.max(1, failed) };
}

const directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-test-'));
const counts = [await runStaticChecks()];
try {
  for (const project of ['unit', 'integration', 'e2e']) counts.push(await runProject(project, directory));
} finally {
  await rm(directory, { recursive: true, force: true });
}
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
