/** Reads and writes a run folder; the only file that knows its paths. */
import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from './model/errors.ts';
import { environmentSchema, type Environment } from './model/environment.ts';
import { measurementSchema, type Measurement } from './model/measurement.ts';
import { resultSchema, type Result } from './model/result.ts';
import { blocksAskedFor, runConfigSchema, type RunConfig } from './model/run-config.ts';
import { runRecordSchema, type RunRecord } from './model/run-record.ts';
import type { SampleTable } from './model/samples.ts';
import type { Thresholds } from './model/thresholds.ts';
import { makeDirectory, readJson, writeAtomically, writeJson } from './store/json-file.ts';
import { readSamples } from './store/read-samples.ts';

const files = {
  config: 'config.json',
  environment: 'environment.json',
  record: path.join('artefacts', 'run.json'),
  policy: 'policy.json',
  result: 'result.json',
  report: 'report.html',
  junit: 'junit.xml',
  summary: 'summary.md',
  log: 'log.ndjson',
  manifest: 'MANIFEST',
} as const;
const SUM_LENGTH = 64;
const measurementFile = /^(?<experiment>[a-z][a-z0-9-]*)-(?<block>\d+)\.json$/;

/** The formats that a report is rendered to. */
export type Rendering = 'report' | 'junit' | 'summary';

/** A run folder on disk. Every write is atomic: a reader sees the old file or the new one. */
export interface RunFolder {
  readonly directory: string;
  readonly config: RunConfig;
}

/** Makes `<parent>/<UTC time>-<id>/` with its sub-folders and config.json. */
export async function createRun(directory: string, config: RunConfig): Promise<RunFolder> {
  for (const part of ['', 'samples', 'artefacts']) await makeDirectory(path.join(directory, part));
  await writeJson(path.join(directory, files.config), config);
  return { directory, config };
}

/** Opens a run folder that exists; complains about what is not one, is damaged, or comes from a later version. */
export async function openRun(directory: string): Promise<RunFolder> {
  const isDirectory = await stat(directory)
    .then((found) => found.isDirectory())
    .catch(() => false);
  if (!isDirectory) throw new SignoffError('BAD_RUN_FOLDER', `${directory} is not a folder`);
  const config = await readJson(path.join(directory, files.config), runConfigSchema);
  await checkSeals(directory, config.runId);
  return { directory, config };
}

/** Asks for further blocks, before they are measured: config.json says so, or they would be foreign to the run. */
export async function askForFurtherBlocks(run: RunFolder, experimentId: string, blocks: number): Promise<RunFolder> {
  const { untilDecided } = run.config;
  if (untilDecided === undefined)
    throw new SignoffError('INTERNAL', `${run.directory} is of a run whose end was fixed beforehand`);
  const further = [...untilDecided.further, { experimentId, blocks }];
  const config = { ...run.config, untilDecided: { ...untilDecided, further } };
  await writeJson(path.join(run.directory, files.config), config);
  return { ...run, config };
}

export async function writeEnvironment(run: RunFolder, environment: Environment): Promise<void> {
  await writeJson(path.join(run.directory, files.environment), environment);
}

export async function readEnvironment(run: RunFolder): Promise<Environment> {
  return await readJson(path.join(run.directory, files.environment), environmentSchema);
}

export async function writeRecord(run: RunFolder, record: RunRecord): Promise<void> {
  await writeJson(path.join(run.directory, files.record), record);
}

export async function readRecord(run: RunFolder): Promise<RunRecord> {
  return await readJson(path.join(run.directory, files.record), runRecordSchema);
}

export async function writeMeasurement(run: RunFolder, measurement: Measurement): Promise<void> {
  const name = `${measurement.experimentId}-${measurement.block}.json`;
  await writeJson(path.join(run.directory, 'artefacts', name), measurement);
}

/** Every measured block, in order of experiment and block; one that lies under another's name is refused. */
export async function readMeasurements(run: RunFolder): Promise<Measurement[]> {
  const names = (await readdir(path.join(run.directory, 'artefacts'))).filter((name) => measurementFile.test(name));
  const measurements = await Promise.all(
    names.map(async (name) => {
      const file = path.join(run.directory, 'artefacts', name);
      const measurement = await readJson(file, measurementSchema);
      if (name !== `${measurement.experimentId}-${measurement.block}.json`) {
        throw new SignoffError(
          'BAD_RUN_FOLDER',
          `${file} holds ${measurement.experimentId}, block ${measurement.block}`,
        );
      }
      return measurement;
    }),
  );
  const order = run.config.profile.experiments.map((experiment) => experiment.id);
  const blocksOf = new Map(run.config.profile.experiments.map((each) => [each.id, blocksAskedFor(run.config, each)]));
  const foreign = measurements.find(({ experimentId, block }) => block >= (blocksOf.get(experimentId) ?? 0));
  if (foreign) {
    throw new SignoffError(
      'BAD_RUN_FOLDER',
      `${run.directory}: artefacts/${foreign.experimentId}-${foreign.block}.json is of another run: its profile has only ${[...blocksOf].map(([id, blocks]) => `${id} (${blocks})`).join(', ')}`,
    );
  }
  return measurements.sort(
    (a, b) => order.indexOf(a.experimentId) - order.indexOf(b.experimentId) || a.block - b.block,
  );
}

/** The samples of a block; null where its gatherer brought none. A file that is named but unreadable is an error. */
export async function readBlockSamples(run: RunFolder, measurement: Measurement): Promise<SampleTable | null> {
  const artefact = measurement.artefacts.samples;
  if (!artefact.ok) return null;
  const expected = path.join('samples', `${measurement.experimentId}-${measurement.block}.parquet`);
  if (artefact.value.file !== expected) {
    throw new SignoffError(
      'BAD_RUN_FOLDER',
      `${run.directory}: the block ${measurement.experimentId}-${measurement.block} names ${artefact.value.file} as its samples`,
    );
  }
  const file = path.join(run.directory, expected);
  try {
    return await readSamples(file);
  } catch (error) {
    throw new SignoffError('BAD_RUN_FOLDER', `${file} cannot be read as Parquet; it may be truncated`, {
      cause: error,
    });
  }
}

export async function writeResult(run: RunFolder, result: Result): Promise<void> {
  await writeJson(path.join(run.directory, files.result), resultSchema.parse(result));
}

export async function readResult(run: RunFolder): Promise<Result> {
  const result = await readJson(path.join(run.directory, files.result), resultSchema);
  if (result.runId !== run.config.runId) {
    throw new SignoffError(
      'BAD_RUN_FOLDER',
      `${run.directory}: result.json is of run ${result.runId}, the folder of run ${run.config.runId}`,
    );
  }
  return result;
}

/** The policy as policy.json has it. Where an editor finds its schema is said from its own folder, and no part of it. */
function policyText({ $schema: _, ...policy }: Thresholds): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}

/** What `sha256sum policy.json` says of it. */
export function hashPolicy(policy: Thresholds): string {
  return createHash('sha256').update(policyText(policy)).digest('hex');
}

/** Beside the result that was judged by it, before the folder is sealed. */
export async function writePolicy(run: RunFolder, policy: Thresholds): Promise<void> {
  await writeAtomically(path.join(run.directory, files.policy), policyText(policy));
}

/** SHA-256 of the policy that the run was judged with first; null where it was not judged, or by an earlier signoff. */
export async function firstPolicyOf(run: RunFolder): Promise<string | null> {
  const isJudged = await stat(path.join(run.directory, files.result)).catch(() => null);
  return isJudged === null ? null : ((await readResult(run)).policy?.firstSha256 ?? null);
}

export function renderingPath(run: RunFolder, rendering: Rendering): string {
  return path.join(run.directory, files[rendering]);
}

export async function writeRendering(run: RunFolder, rendering: Rendering, text: string): Promise<string> {
  const file = renderingPath(run, rendering);
  await writeAtomically(file, text);
  return file;
}

/** Appends one line to log.ndjson. */
export async function appendLog(run: RunFolder, entry: Record<string, unknown>): Promise<void> {
  await appendFile(path.join(run.directory, files.log), `${JSON.stringify(entry)}\n`);
}

/** Writes MANIFEST: the run's id, then a SHA-256 sum for every file but the log, in the format of sha256sum(1). */
export async function sealRun(run: RunFolder): Promise<void> {
  const lines = [`# signoff run ${run.config.runId}`];
  for (const name of await listFiles(run.directory))
    lines.push(`${await hashFile(path.join(run.directory, name))}  ${name}`);
  await writeAtomically(path.join(run.directory, files.manifest), `${lines.join('\n')}\n`);
}

/** Compares the folder with its MANIFEST: nothing changed, removed or added. A folder that was never sealed is refused. */
async function checkSeals(directory: string, runId: string): Promise<void> {
  const manifest = await readFile(path.join(directory, files.manifest), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (manifest === null) {
    throw new SignoffError(
      'BAD_RUN_FOLDER',
      `${directory} has no MANIFEST: its run was killed before its end, or the file was removed`,
      {
        hint: 'Its samples and artefacts can be looked at, but nothing can be judged by a folder that was never sealed.',
      },
    );
  }
  const [header, ...lines] = manifest.trimEnd().split('\n');
  if (header !== `# signoff run ${runId}`) {
    throw new SignoffError(
      'BAD_RUN_FOLDER',
      `${directory}: MANIFEST is of another run ("${header ?? ''}"), config.json says ${runId}`,
    );
  }
  const problems: string[] = [];
  const sealed = new Set(lines.map((line) => line.slice(SUM_LENGTH + 2)));
  for (const name of await listFiles(directory)) if (!sealed.has(name)) problems.push(`${name} was added`);
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) problems.push(`MANIFEST: unreadable line "${line}"`);
    else {
      const actual = await hashFile(path.join(directory, name)).catch(() => null);
      if (actual === null) problems.push(`${name} is missing`);
      else if (actual !== sum) problems.push(`${name} was changed or truncated`);
    }
  }
  if (problems.length > 0)
    throw new SignoffError('BAD_RUN_FOLDER', `${directory} is not as it was sealed: ${problems.join('; ')}`);
}

/** How many files a folder's seals cover; the folder was checked when it was opened. */
export async function countSeals(run: RunFolder): Promise<number> {
  const manifest = await readFile(path.join(run.directory, files.manifest), 'utf8');
  return manifest.trimEnd().split('\n').length - 1;
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter((name) => name !== files.manifest && name !== files.log)
    .sort();
}

async function hashFile(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
