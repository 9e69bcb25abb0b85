/** What a run or a measurement is asked for: the flags, checked all together before anything starts. */
import path from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { allClaims } from '../claims/all-claims.ts';
import { defects } from '../faults/defects.ts';
import { gatesFor, profiles, withTenants } from '../experiments/profiles.ts';
import { SignoffError } from '../model/errors.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import type { Profile } from '../model/experiment.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { CommandContext } from './command-context.ts';
import { loadThresholds } from './load-thresholds.ts';
import { oneOf, wholeNumber, type Flags } from './verb.ts';

const MOST_TENANTS = 10_000;
const MOST_ROWS_PER_TENANT = 100_000;
const DEFAULT_ROWS_PER_TENANT = 5_000;
const DEFAULT_UNTIL_DECIDED_MS = 600_000;

export interface SystemRequest {
  /** null: what the profile says. */
  tenants: number | null;
  rowsPerTenant: number;
  seed: string;
  environment: 'auto' | EnvironmentKind;
}

export interface RunRequest extends SystemRequest {
  profile: Profile;
  tenants: number;
  thresholds: Thresholds;
  out: string | null;
  keep: boolean;
  json: boolean;
  defectId: string | null;
  /** Further load until the latency claims are decided, at most; null: the profile’s load and no more. */
  untilDecidedMs: number | null;
}

/** The flags that say what is measured. */
export function addProfileFlags(command: Command): void {
  command
    .addOption(
      new Option('--profile <profile>', `one of ${Object.keys(profiles).join(', ')}`)
        .default('quick')
        .argParser(oneOf(Object.keys(profiles))),
    )
    .option('--only <experiments>', 'measure only these experiments of the profile, separated by commas')
    .option(
      '--duration <time>',
      'measured time of each block instead of the profile’s, for instance 30s or 5m',
      parseDuration,
    )
    .option('--until-decided', 'measure on where a latency claim is undecided for want of samples')
    .option('--at-most <time>', 'further load that --until-decided may take (default: 10m)', parseDuration)
    .option('--thresholds <file>', 'the policy (default: thresholds.json of the project)')
    .option('--out <dir>', 'run folder to write; must not exist yet (default: reports/<UTC time>-<id>)');
}

/** What `--help` says of a verb that was given none. */
interface DataDefaults {
  tenants: string;
  rowsPerTenant: number;
}

const usualData: DataDefaults = { tenants: 'the profile’s; 100 without one', rowsPerTenant: DEFAULT_ROWS_PER_TENANT };

/** The flags that say what data. */
export function addDataFlags(command: Command, defaults: DataDefaults = usualData): void {
  command
    .option('--tenants <n>', `how many tenants (default: ${defaults.tenants})`, wholeNumber(3, MOST_TENANTS))
    .option(
      '--rows-per-tenant <n>',
      `mean rows a tenant (default: ${defaults.rowsPerTenant})`,
      wholeNumber(100, MOST_ROWS_PER_TENANT),
    )
    .option('--seed <text>', 'seed of the data: same seed, same bytes', 'signoff');
}

/** The flags that say what system it is measured on. */
export function addSystemFlags(command: Command, defaults: DataDefaults = usualData): void {
  addDataFlags(command, defaults);
  const kinds = ['auto', 'embedded', 'containers', 'external'] as const;
  command.addOption(new Option('--environment <kind>', kinds.join(', ')).default('auto').argParser(oneOf(kinds)));
}

/** Parses 1500ms, 30s, 5m, 1h to milliseconds; k6 takes no load shorter than a second. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? ''];
  const ms = Number(amount) * (factor ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 1000 && ms <= 24 * 3_600_000) return Math.round(ms);
  throw new InvalidArgumentError('A time from 1s to 24h is needed, for instance 30s.');
}

export function readSystemRequest(flags: Flags): SystemRequest {
  return {
    tenants: (flags['tenants'] as number | undefined) ?? null,
    rowsPerTenant: (flags['rowsPerTenant'] as number | undefined) ?? DEFAULT_ROWS_PER_TENANT,
    seed: (flags['seed'] as string | undefined) ?? 'signoff',
    environment: (flags['environment'] as RunRequest['environment'] | undefined) ?? 'auto',
  };
}

export async function readRunRequest(context: CommandContext, flags: Flags): Promise<RunRequest> {
  const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
  const base = profiles[flags['profile'] as keyof typeof profiles];
  const tenants = (flags['tenants'] as number | undefined) ?? base.tenants;
  const profile = narrow(withTenants(base, tenants), flags);
  const defectId = (flags['defect'] as string | undefined) ?? null;
  if (defectId !== null && !defects.some((defect) => defect.id === defectId)) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--defect ${defectId}: there is no such defect; there are ${defects.map((defect) => defect.id).join(', ')}`,
    );
  }
  return {
    profile: { ...profile, gates: gatesFor(profile, tenants) },
    ...readSystemRequest(flags),
    tenants,
    thresholds,
    out: flags['out'] === undefined ? null : path.resolve(context.workingDirectory, flags['out'] as string),
    keep: flags['keep'] === true,
    json: flags['json'] === true,
    defectId,
    untilDecidedMs: readUntilDecided(flags),
  };
}

function readUntilDecided(flags: Flags): number | null {
  const atMostMs = flags['atMost'] as number | undefined;
  if (flags['untilDecided'] === true) return atMostMs ?? DEFAULT_UNTIL_DECIDED_MS;
  if (atMostMs === undefined) return null;
  throw new SignoffError('BAD_ARGUMENT', '--at-most says how long --until-decided may go on, which was not asked for');
}

/** The profile with only the named experiments (and the gates that they decide), and with another duration. */
function narrow(profile: Profile, flags: Flags): Profile {
  const only = (flags['only'] as string | undefined)?.split(',');
  const known = profile.experiments.map((experiment) => experiment.id);
  const unknown = only?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--only ${unknown.join(',')}: profile ${profile.id} has ${known.join(', ')}`,
    );
  }
  const durationMs = flags['duration'] as number | undefined;
  const experiments = profile.experiments
    .filter((experiment) => only === undefined || only.includes(experiment.id))
    .map((experiment) => (durationMs === undefined ? experiment : { ...experiment, durationMs }));
  if (only === undefined) return { ...profile, experiments };
  // Whoever names experiments wants to know what they decide, also where the profile only shows it.
  const decided = allClaims.filter(({ experimentId }) => experimentId === null || only.includes(experimentId));
  return { ...profile, experiments, gates: decided.map((claim) => claim.id) };
}
