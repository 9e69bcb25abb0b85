/** Makes the recording that calibration draws from, of run folders in which identical builds were compared. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { comparedPairs } from '../harness/claims/compared-pairs.ts';
import { comparisonId } from '../harness/claims/comparison-blocks.ts';
import type { ArmCost } from '../harness/model/arm-cost.ts';
import type { MeasuredBlock } from '../harness/model/claim.ts';
import { loadEvidence } from '../harness/commands/load-evidence.ts';
import { openRun } from '../harness/store.ts';
import { BadArguments, readConditions } from './bad-arguments.ts';
import { isOfIdenticalBuilds } from './calibration/identical-builds.ts';
import { calibrationFiles } from './calibration/files.ts';
import { type RecordedBlock, writeRecording } from './calibration/recording.ts';

/** `record --conditions quiet|disturbed RUN... [--blocks N]`: the first N blocks, all without it. */
export async function record(print: (line: string) => void, args: string[]): Promise<void> {
  const options = { blocks: { type: 'string' }, conditions: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const most = values.blocks === undefined ? Number.POSITIVE_INFINITY : Number(values.blocks);
  if (positionals.length === 0 || !(most >= 1) || values.conditions === undefined)
    throw new BadArguments('--conditions and at least one RUN are needed, and --blocks is at least 1');
  const [under] = readConditions(values.conditions);
  if (under === undefined) return;
  const { recording: recordingFile } = calibrationFiles(under);
  const blocks: RecordedBlock[] = [];
  for (const directory of positionals) {
    const run = await openRun(path.resolve(directory));
    if (!isOfIdenticalBuilds(run.config)) throw new Error(`${directory} does not compare a build with itself`);
    const evidence = await loadEvidence(run);
    blocks.push(...evidence.blocks.flatMap((block) => recordedBlock(block) ?? []));
  }
  const kept = blocks.slice(0, most);
  if (kept.length === 0) throw new Error('no block with pairs in these runs');
  await mkdir(path.dirname(recordingFile), { recursive: true });
  await writeRecording(recordingFile, kept);
  const pairs = kept.reduce((total, { endpoint }) => total + endpoint.length, 0);
  print(`${kept.length} blocks with ${pairs} pairs → ${path.relative(process.cwd(), recordingFile)}`);
}

function recordedBlock({ measurement, samples }: MeasuredBlock): RecordedBlock | null {
  if (measurement.experimentId !== comparisonId || samples === null) return null;
  const pairs = comparedPairs({ measurement, samples });
  const { costs } = measurement.artefacts;
  const cpuMs = (arm: ArmCost['arm']) => {
    const cost = costs.ok ? costs.value.find((one) => one.arm === arm) : undefined;
    return cost === undefined || cost.cpuSeconds === null || cost.requests === 0
      ? null
      : (1000 * cost.cpuSeconds) / cost.requests;
  };
  return pairs.endpoint.length === 0
    ? null
    : { ...pairs, baseCpuMs: cpuMs('base'), candidateCpuMs: cpuMs('candidate') };
}
