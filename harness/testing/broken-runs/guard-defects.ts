/** For every guard that there is, what makes it fail: in one block of six, or in all where one is too few, in a run that is healthy otherwise. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CrossCheck } from '../../model/cross-check.ts';
import type { Environment } from '../../model/environment.ts';
import { type Artefact, notGathered } from '../../model/artefact.ts';
import type { ArtefactName, Measurement } from '../../model/measurement.ts';
import type { GuardId } from '../../model/thresholds.ts';
import type { RunFolder } from '../../store.ts';
import { changeArtefacts, changeJson, measurementFile } from './change-artefacts.ts';
import type { StoredDefect } from './defect.ts';
import { rewriteSamples } from './rewrite-samples.ts';

type Artefacts = Measurement['artefacts'];
type Value<N extends ArtefactName> = Artefacts[N] extends Artefact<infer T> ? T : never;
type Break = StoredDefect['break'];

const block = 2;
/** Of arms that run together, what the machine suffers counts by its mean over the blocks. */
const everyBlock = [0, 1, 2, 3, 4, 5];

/** Changes the value of an artefact; one that is not there cannot be changed, and then the case is worth nothing. */
function change<N extends ArtefactName>(name: N, how: (value: Value<N>) => void, blocks = [block]): Break {
  return async (run) => {
    for (const each of blocks) {
      await changeArtefacts(run, each, (artefacts) => {
        const artefact = artefacts[name];
        if (!artefact.ok) throw new Error(`the healthy run has no artefact ${name}`);
        how(artefact.value as Value<N>);
      });
    }
  };
}

/** As a gatherer leaves its artefact that failed. */
function lose(name: ArtefactName): Break {
  return (run) =>
    changeArtefacts(run, block, (artefacts) => {
      artefacts[name] = notGathered('GONE', 'nobody gathered it');
    });
}

/** Changes the rows of the block; `pair` is even for half of the iterations. */
const rewrite =
  (select: string): Break =>
  (run) =>
    rewriteSamples(run, block, { select: `select * replace (${select}) from samples`, honest: true });

function changeCrossCheck(how: (check: CrossCheck) => void): Break {
  return (run) =>
    changeArtefacts(run, 'cross-check', ({ crossCheck }) => {
      if (!crossCheck.ok || crossCheck.value === null) throw new Error('the healthy run has no cross-check');
      how(crossCheck.value);
    });
}

async function inContainers(run: RunFolder, restarts: number): Promise<void> {
  await changeJson<Environment>(run, 'environment.json', (environment) => (environment.kind = 'containers'));
  const use = {
    name: 'postgres',
    image: 'postgres',
    cpuLimit: null,
    cpuSeconds: 1,
    cpuCores: 1,
    cpuShareOfLimit: null,
  };
  const throttling = { periods: 0, throttledPeriods: 0, throttledSeconds: 0 };
  const memory = { memoryPeakBytes: 1, memoryLimitBytes: null, oomKills: 0 };
  for (const each of [0, 1, 2, 3, 4, 5, 'cross-check'] as const) {
    await changeArtefacts(run, each, (artefacts) => {
      artefacts.containers = {
        ok: true,
        value: [{ ...use, ...throttling, ...memory, restarts: each === block ? restarts : 0 }],
      };
    });
  }
}

/** At least one case a guard; a guard without one does not compile. */
const ofGuard: Record<GuardId, Record<string, Break>> = {
  'generator-exit': {
    'k6 killed by a signal': change('generator', (k6) => Object.assign(k6, { exitCode: null, signal: 'SIGKILL' })),
    'k6 ended by an exception': change('generator', (k6) => (k6.exitCode = 107)),
    'k6 stopped by its time limit of set-up': change('generator', (k6) => (k6.exitCode = 100)),
    'k6 ended by an interruption': change('generator', (k6) => (k6.exitCode = 105)),
  },
  'samples-present': { 'samples not gathered': lose('samples') },
  'samples-complete': { 'more rows claimed than there are': change('samples', (samples) => (samples.rows += 7)) },
  'measured-time': {
    'all requests in the first half': (run) =>
      rewriteSamples(run, block, {
        select:
          `select * replace (case when setup then ended_at_us else begun + ((ended_at_us - begun) * 0.5)::bigint end as ended_at_us)
                 from samples, (select min(ended_at_us) as begun from samples where not setup)`.replace(
            'select * replace',
            'select * exclude (begun) replace',
          ),
        honest: true,
      }),
  },
  'achieved-rate': {
    'two of three requests never sent': (run) =>
      rewriteSamples(run, block, { select: 'select * from samples where setup or pair % 3 = 0', honest: true }),
  },
  'dropped-iterations': { 'iterations dropped': change('generator', (k6) => (k6.droppedIterations = 600)) },
  'iteration-lag': {
    'a twentieth of the requests late by 0.9 s': rewrite(
      'case when pair % 20 = 0 then ended_at_us + 900000 else ended_at_us end as ended_at_us',
    ),
  },
  'users-at-ceiling': {
    'answers that hold every user': rewrite('ended_at_us + 1900000 as ended_at_us, duration_ms + 1900 as duration_ms'),
  },
  'generator-cpu': { 'k6 at the end of its CPU': change('generator', (k6) => (k6.cpuShare = 0.99)) },
  'generator-wait': { 'threads that wait': change('scheduling', (threads) => (threads.waitSeconds += 10_000)) },
  'generator-throttled': {
    'k6 throttled': change('generator', ({ cgroup }) => {
      if (cgroup.ok) Object.assign(cgroup.value, { cpuLimit: 0.1, periods: 20, throttledPeriods: 20 });
    }),
    'its control group not readable': change('generator', (k6) => (k6.cgroup = notGathered('GONE', 'not mounted'))),
  },
  'generator-agreement': {
    'a second generator that measures much more': changeCrossCheck((check) => (check.p50Ms *= 1_000)),
    'a second generator that measures much less': changeCrossCheck((check) => (check.p50Ms /= 1_000)),
    'requests that the service never saw': changeCrossCheck((check) => (check.served -= 1)),
    'a second generator whose requests failed': changeCrossCheck((check) => (check.failed = 1)),
    'no second generator': (run) =>
      changeArtefacts(run, 'cross-check', (artefacts) => (artefacts.crossCheck = notGathered('GONE', 'not started'))),
    'a cross-check that was never made': async (run) => {
      await rm(measurementFile(run, 'cross-check'));
      await rm(path.join(run.directory, 'samples', 'cross-check-0.parquet'));
    },
  },
  'foreign-cpu': {
    'a neighbour on every core': change(
      'host',
      (host) => Object.assign(host, { busyShare: 1, processes: [] }),
      everyBlock,
    ),
  },
  'host-steal': {
    'a hypervisor that takes most': change('host', (host) => (host.stealShare = 0.6), everyBlock),
    'a kernel that does not tell': change('host', (host) => (host.stealShare = null)),
  },
  swap: { 'memory that ran out': change('machine', (machine) => (machine.swappedPages = 1e6)) },
  'disk-space': { 'a disk nearly full': change('machine', (machine) => (machine.diskFreeBytes = 1e6)) },
  'clock-step': { 'the wall clock set by two seconds': change('machine', (machine) => (machine.clockStepMs = 2_000)) },
  'oom-kills': {
    'a process killed for memory': change('generator', ({ cgroup }) => {
      if (cgroup.ok) cgroup.value.oomKills = 1;
    }),
  },
  'containers-restarted': { 'a container started anew': (run) => inContainers(run, 1) },
  'error-share': { 'every request of a block failed': change('generator', (k6) => (k6.errors = k6.requests)) },
  'error-burst': {
    'a second of 503': rewrite('case when pair % 3 = 0 then 503 else status end::smallint as status'),
    'requests without an answer': rewrite('case when pair % 3 = 0 then 0 else status end::smallint as status'),
  },
  'unauthorised-burst': {
    'sessions refused': rewrite('case when pair % 3 = 0 then 401 else status end::smallint as status'),
  },
  'service-build': {
    'another build in one block': change('service', ([first]) => Object.assign(first ?? {}, { version: '9.9.9' })),
  },
  'connection-budget': {
    'pools larger than Postgres': change('service', (all) => all.forEach((one) => (one.poolMax = 500))),
    'a pool of unknown size': change('service', (all) => all.forEach((one) => (one.poolMax = null))),
  },
  'forced-checkpoints': { 'a forced checkpoint': change('database', (state) => (state.checkpointsRequested = 1)) },
  autovacuum: { 'vacuum all the time': change('database', (state) => (state.autovacuumLooks = state.looks * 6)) },
  'arms-alike': {
    'an arm that prepares nothing': change('service', ([first]) => Object.assign(first ?? {}, { prepared: false })),
  },
  'data-unchanged': {
    'a seeded table written': change('database', ({ after }) => {
      for (const table of after) if (table.name === 'signals') table.writes += 1;
    }),
    'tenants lost': change('database', (state) => (state.tenants -= 1)),
  },
  'database-role': {
    'the role of the service a superuser': change('postgres', ({ roles }) => {
      for (const role of roles) if (role.arm === 'rls') role.superuser = true;
    }),
    'the role of the service exempt': change('postgres', ({ roles }) => {
      for (const role of roles) if (role.arm === 'rls') role.bypassRls = true;
    }),
    'the role of the service an owner': change('postgres', ({ roles }) => {
      for (const role of roles) if (role.arm === 'rls') role.ownsTables = 12;
    }),
    'an arm in another mode': change('service', (all) => all.forEach((one) => (one.mode = 'bare'))),
  },
  'rls-forced': {
    'row security not forced': change('postgres', ({ tables }) => Object.assign(tables[0] ?? {}, { forced: false })),
    'row security off': change('postgres', ({ tables }) => Object.assign(tables[0] ?? {}, { rowSecurity: false })),
    'no policy': change('postgres', ({ tables }) => Object.assign(tables[0] ?? {}, { policies: 0 })),
  },
};

/** Whose figures a guard needs, and which guard must say that they are not there. */
const unreadable: Partial<Record<ArtefactName, GuardId>> = {
  samples: 'samples-complete',
  generator: 'generator-exit',
  host: 'foreign-cpu',
  machine: 'clock-step',
  scheduling: 'generator-wait',
  postgres: 'rls-forced',
  service: 'service-build',
  database: 'data-unchanged',
  containers: 'oom-kills',
};

export const guardDefects: StoredDefect[] = [
  ...Object.entries(ofGuard).flatMap(([id, cases]) =>
    Object.entries(cases).map(([what, breaks]) => ({ what, break: breaks, names: guardNamed(id) })),
  ),
  ...Object.entries(unreadable).map(([name, id]) => ({
    what: `artefact ${name} not gathered`,
    break: lose(name as ArtefactName),
    names: new RegExp(`${guardNamed(id).source}.*nobody gathered it`, 'i'),
  })),
];

function guardNamed(id: string): RegExp {
  return new RegExp(`guard ${id} failed`, 'i');
}
