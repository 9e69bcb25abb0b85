/** Broken folders: what is missing, truncated, foreign or unsealed in a stored run. */
import { appendFile, copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Profile } from '../../model/experiment.ts';
import type { RunFolder } from '../../store.ts';
import { changeJson, changeMeasurement, measurementFile } from './change-artefacts.ts';
import type { StoredDefect } from './defect.ts';
import { rewriteSamples, samplesFile } from './rewrite-samples.ts';

const manifestOf = ({ directory }: RunFolder): string => path.join(directory, 'MANIFEST');

async function replaceText(file: string, from: string | RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
}

async function halve(file: string): Promise<void> {
  await truncate(file, Math.floor((await readFile(file)).length / 2));
}

/** Nobody sealed the folder again: the sums of its MANIFEST tell. */
const unsealed: Omit<StoredDefect, 'resealed'>[] = [
  { what: 'samples truncated', break: (run) => halve(samplesFile(run, 0)), names: /rls-cost-0\.parquet was changed/ },
  { what: 'samples removed', break: (run) => rm(samplesFile(run, 3)), names: /rls-cost-3\.parquet is missing/ },
  {
    what: 'a figure edited by hand',
    break: (run) => changeMeasurement(run, 0, (measurement) => (measurement.measureEndsAtMs -= 1)),
    names: /rls-cost-0\.json was changed/,
  },
  {
    what: 'a file added',
    break: ({ directory }) => appendFile(path.join(directory, 'samples', 'more.parquet'), 'x'),
    names: /more\.parquet was added/,
  },
  { what: 'never sealed: killed before its end', break: (run) => rm(manifestOf(run)), names: /has no MANIFEST/ },
  {
    what: 'the seals of another run',
    break: (run) => replaceText(manifestOf(run), 'run healthy', 'run other'),
    names: /MANIFEST is of another run/,
  },
  { what: 'seals truncated', break: (run) => halve(manifestOf(run)), names: /not as it was sealed/ },
];

/** Sealed again: the files themselves must tell. */
const forged: StoredDefect[] = [
  {
    what: 'samples truncated',
    break: (run) => halve(samplesFile(run, 0)),
    names: /rls-cost-0\.parquet cannot be read/,
  },
  { what: 'samples removed', break: (run) => rm(samplesFile(run, 3)), names: /rls-cost-3\.parquet cannot be read/ },
  {
    what: 'artefacts of a block truncated',
    break: (run) => halve(measurementFile(run, 2)),
    names: /rls-cost-2\.json is not JSON.*truncated/,
  },
  {
    what: 'a block removed',
    break: async (run) => {
      await rm(measurementFile(run, 4));
      await rm(samplesFile(run, 4));
    },
    names: /samples-present failed.*5 of 6 blocks/,
  },
  {
    what: 'a block under the name of another',
    break: (run) => copyFile(measurementFile(run, 1), measurementFile(run, 0)),
    names: /rls-cost-0\.json holds rls-cost, block 1/,
  },
  {
    what: 'a block of another experiment',
    break: (run) => copyFile(measurementFile(run, 1), measurementFile(run, 7)),
    names: /rls-cost-7\.json holds/,
  },
  {
    what: 'a figure that is no number',
    break: (run) => replaceText(measurementFile(run, 1), /"cpuShare":\s*[\d.e-]+/, '"cpuShare":null'),
    names: /rls-cost-1\.json[\s\S]*cpuShare/,
  },
  {
    what: 'a run that ended early',
    break: (run) =>
      changeJson<{ incomplete: string | null }>(run, 'artefacts/run.json', (record) => {
        record.incomplete = 'postgres ended by itself with SIGKILL';
      }),
    names: /did not go to its end: postgres ended by itself/,
  },
  {
    what: 'a defect planted on purpose',
    break: (run) =>
      changeJson<{ plantedDefect: string }>(run, 'config.json', (config) => (config.plantedDefect = 'drop-policy')),
    names: /planted on purpose \(drop-policy\)/,
  },
  {
    what: 'no gate asked for',
    break: (run) => changeJson<{ profile: Profile }>(run, 'config.json', ({ profile }) => (profile.gates = [])),
    names: /No claim was gated/,
  },
  {
    what: 'a gate that no measurement answers',
    break: (run) =>
      changeJson<{ profile: Profile }>(run, 'config.json', ({ profile }) => profile.gates.push('SEC-ISO')),
    names: /SEC-ISO is (inconclusive|a gate)/,
  },
];

const columns = 'ended_at_us';

/** Samples that are there, sealed and readable, and not those of the block. */
const samples: StoredDefect[] = [
  {
    what: 'no row in the file, though many were written',
    break: (run) => rewriteSamples(run, 2, { select: 'select * from samples where false', honest: false }),
    names: /samples-complete failed/,
  },
  {
    what: 'no row in the file, and none claimed',
    break: (run) => rewriteSamples(run, 2, { select: 'select * from samples where false', honest: true }),
    names: /samples-present failed/,
  },
  {
    what: 'the last third of the rows cut off',
    break: (run) =>
      rewriteSamples(run, 1, {
        select: `select * from samples where ${columns} < (select quantile_cont(${columns}, 0.66) from samples)`,
        honest: false,
      }),
    names: /samples-complete failed/,
  },
  {
    what: 'the rows of another block',
    break: (run) => copyFile(samplesFile(run, 1), samplesFile(run, 0)),
    names: /samples-present failed/,
  },
  {
    what: 'the measured time moved by an hour',
    break: (run) =>
      changeMeasurement(run, 3, (measurement) => {
        measurement.warmUpEndsAtMs += 3_600_000;
        measurement.measureEndsAtMs += 3_600_000;
      }),
    names: /samples-present failed/,
  },
  {
    what: 'the measured time moved into the warm-up',
    break: (run) =>
      changeMeasurement(run, 3, (measurement) => {
        measurement.warmUpEndsAtMs -= 300;
        measurement.measureEndsAtMs -= 300;
      }),
    names: /samples-complete failed/,
  },
  {
    what: 'the clock of the generator three seconds ahead',
    break: (run) =>
      rewriteSamples(run, 3, {
        select: 'select * replace (ended_at_us + 3000000 as ended_at_us) from samples',
        honest: true,
      }),
    names: /samples-present failed/,
  },
  {
    what: 'a whole second cut out, and the number of rows made to fit',
    break: (run) =>
      rewriteSamples(run, 4, {
        select: `select * from samples where setup or ${columns} < (select min(${columns}) + 900000 from samples where not setup)
                 or ${columns} > (select min(${columns}) + 1900000 from samples where not setup)`,
        honest: true,
      }),
    names: /samples-complete failed/,
  },
  {
    what: 'the slowest tenth left out, and the number of rows made to fit',
    break: (run) =>
      rewriteSamples(run, 4, {
        select: 'select * from samples where duration_ms < (select quantile_cont(duration_ms, 0.9) from samples)',
        honest: true,
      }),
    names: /samples-complete failed/,
  },
  {
    what: 'an arm missing',
    break: (run) => rewriteSamples(run, 5, { select: `select * from samples where arm <> 'filter'`, honest: true }),
    names: /RLS-COST is inconclusive/,
  },
  {
    what: 'the arms exchanged for one',
    break: (run) => rewriteSamples(run, 5, { select: `select * replace ('rls' as arm) from samples`, honest: true }),
    names: /no pair of the arms rls and filter/,
  },
];

export const folderDefects: Record<string, StoredDefect[]> = {
  'changed, and not sealed again': unsealed.map((defect) => ({ ...defect, resealed: false })),
  'changed, and sealed again': forged,
  'samples changed, and sealed again': samples,
};
