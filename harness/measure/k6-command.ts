/** What k6 is started with: its arguments, and an environment that holds nothing of the user's own k6 settings. */
import type { Experiment } from '../model/experiment.ts';
import type { ServiceInstance } from '../model/system.ts';
import { join } from 'node:path';

/** How often k6 writes what it has: the load's beginning is known, and live figures are, within this time. */
const CSV_INTERVAL = '200ms';

/** Blocks of one experiment must not repeat each other's draws; nor should the draws of neighbouring seeds meet. */
const SEEDS_PER_EXPERIMENT = 1_000;

export interface K6Job {
  experiment: Experiment;
  block: number;
  services: ServiceInstance[];
  manifestPath: string;
  scenariosDirectory: string;
  tokensPath: string | null;
  /** Of the script, beside those below; they win. */
  variables?: Record<string, string>;
}

/**
 * CSV goes to standard output, which is a pipe to the harness: when the harness dies, even by SIGKILL, k6's next write
 * fails and ends it (Go ends a program whose standard output is closed). With a named pipe k6 would keep both ends open
 * and stay. Thresholds and the summary are off: signoff judges, and k6 saves the work of keeping every sample for
 * itself.
 */
export function k6Arguments(job: K6Job): string[] {
  const variables = Object.entries(scriptVariables(job)).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  return [
    'run',
    '--quiet',
    '--no-color',
    '--no-usage-report',
    '--no-thresholds',
    '--summary-mode=disabled',
    '--include-system-env-vars=false',
    '--out=csv=-',
    ...variables,
    join(job.scenariosDirectory, job.experiment.scenario.script),
  ];
}

/** The variables that are documented at the top of every script. */
export function scriptVariables({
  experiment,
  block,
  services,
  manifestPath,
  tokensPath,
  variables,
}: K6Job): Record<string, string> {
  const { workload } = experiment.scenario;
  const first = services.find(({ arm }) => arm === experiment.arms[0]) ?? services[0];
  const arms = services.filter(({ arm }) => experiment.arms.includes(arm)).map(({ arm, url }) => [arm, url]);
  return {
    BASE_URL: first?.url ?? '',
    ARM: first?.arm ?? '',
    ARMS: JSON.stringify(Object.fromEntries(arms)),
    MANIFEST: manifestPath,
    ...(workload.kind === 'open'
      ? { RATE: String(workload.ratePerSecond) }
      : { USERS: String(workload.users), THINK_TIME_MS: String(workload.thinkTimeMs) }),
    WARM_UP: `${experiment.warmUpMs}ms`,
    DURATION: `${experiment.durationMs}ms`,
    SEED: String(experiment.seed * SEEDS_PER_EXPERIMENT + block),
    ...(tokensPath === null ? {} : { TOKENS: tokensPath }),
    ...variables,
  };
}

/** `home` is an empty private folder: k6 reads a configuration file below it. */
export function k6Environment(home: string, gomaxprocs: number): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_CONFIG_HOME: home,
    GOMAXPROCS: String(gomaxprocs),
    K6_CSV_TIME_FORMAT: 'unix_micro',
    K6_CSV_SAVE_INTERVAL: CSV_INTERVAL,
  };
}
