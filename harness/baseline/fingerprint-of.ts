/** Environment and profile → the texts that must be equal in two runs before their figures may be compared. */
import type { Fingerprint } from '../model/baseline.ts';
import type { Environment } from '../model/environment.ts';
import type { Experiment, Profile } from '../model/experiment.ts';

/** The kernel keeps a little memory for itself, and not the same after every update: finer steps would tell that. */
const memoryStepBytes = 2 ** 28;
const bytesPerGibibyte = 2 ** 30;

/** Not in it: the commit, the kernel's build, ids and names of images (the service's names its commit). */
export function fingerprintOf(environment: Environment, profile: Profile): Fingerprint {
  const { host, engine } = environment;
  return {
    kind: environment.kind,
    'host.cpu': host.cpu,
    'host.cores': String(host.cores),
    'host.memory': gibibytes(Math.round(host.memoryBytes / memoryStepBytes) * memoryStepBytes),
    'host.platform': host.platform,
    generator: environment.generatorColocated ? 'on the same machine' : 'on a machine of its own',
    ...prefixed('versions', environment.versions),
    ...prefixed('settings', environment.settings),
    ...(engine === null ? {} : prefixed('engine', engineTexts(engine))),
    ...prefixed('containers', containerTexts(environment)),
    'data.tenants': String(environment.tenants),
    'data.rows': String(environment.rows),
    'data.seed': environment.seed,
    'data.checksum': environment.dataChecksum,
    ...prefixed('load', Object.fromEntries(profile.experiments.map((one) => [one.id, loadText(one)]))),
  };
}

function prefixed(prefix: string, texts: Record<string, string>): Fingerprint {
  const names = Object.keys(texts).sort();
  return Object.fromEntries(names.map((name) => [`${prefix}.${name}`, texts[name] ?? '']));
}

function engineTexts(engine: NonNullable<Environment['engine']>): Record<string, string> {
  const { userlandProxy } = engine;
  return {
    name: `${engine.name} ${engine.version}`,
    cgroups: `${engine.cgroupVersion}, ${engine.cgroupDriver}`,
    storage: engine.storageDriver,
    ports: userlandProxy === null ? 'not known' : userlandProxy ? 'by a proxy process' : 'by the kernel',
  };
}

function containerTexts({ containers }: Environment): Record<string, string> {
  return Object.fromEntries(
    containers.map(({ composeService, cpuLimit, memoryLimitBytes }) => {
      const cores = cpuLimit === null ? 'no limit of cores' : `${cpuLimit} ${cpuLimit === 1 ? 'core' : 'cores'}`;
      const memory = memoryLimitBytes === null ? 'no limit of memory' : gibibytes(memoryLimitBytes);
      return [composeService, `${cores}, ${memory}`];
    }),
  );
}

function loadText({ scenario: { workload }, arms, blocks, warmUpMs, durationMs }: Experiment): string {
  const load =
    workload.kind === 'open'
      ? `open, ${workload.ratePerSecond} per second`
      : `closed, ${workload.users} users, ${workload.thinkTimeMs} ms think time`;
  return `${load}; ${arms.join(', ')}; ${blocks} × ${durationMs / 1000} s after ${warmUpMs / 1000} s`;
}

function gibibytes(bytes: number): string {
  return `${Number((bytes / bytesPerGibibyte).toFixed(3))} GiB`;
}
