/** Every guard: quiet in a healthy run, red for its own fault, and red when it cannot be read. */
import { describe, expect, it } from 'vitest';
import { notGathered } from '../../model/artefact.ts';
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Measurement } from '../../model/measurement.ts';
import { buildBlock, measuredFromMs } from '../../claims/testing/build-block.ts';
import { buildEvidence, experimentNamed, healthyBlocks, healthyRows } from '../../claims/testing/build-evidence.ts';
import { type SampleRow, steadyLoad } from '../../claims/testing/sample-rows.ts';
import { testThresholds } from '../../claims/testing/test-thresholds.ts';
import { allGuards } from './all-guards.ts';
import { readGuards } from './read-guards.ts';

type Artefacts = Measurement['artefacts'];
type Value<N extends keyof Artefacts> = Extract<Artefacts[N], { ok: true }>['value'];

function failedGuards(id: string, blocks: MeasuredBlock[]) {
  return readGuards(buildEvidence({ [id]: blocks }), testThresholds).filter((guard) => !guard.ok);
}

/** Healthy blocks of an experiment, one artefact of the last one changed. */
function blocksWith<N extends keyof Artefacts>(
  id: string,
  name: N,
  change: (value: Value<N>) => void,
): MeasuredBlock[] {
  const blocks = healthyBlocks(id);
  const artefact = blocks.at(-1)?.measurement.artefacts[name];
  if (artefact?.ok === true) change(artefact.value);
  return blocks;
}

/** A block of fast answers at this rate. */
function loadOf(id: string, perSecond: number): MeasuredBlock {
  const rows = steadyLoad({ fromMs: measuredFromMs, seconds: 20, perSecond, seed: 1 });
  return buildBlock({ experiment: experimentNamed(id), block: 0, rows });
}

function withRows(id: string, change: (row: SampleRow) => SampleRow | null): MeasuredBlock {
  const experiment = experimentNamed(id);
  const rows = healthyRows(experiment, 0).flatMap((row) => change(row) ?? []);
  return buildBlock({ experiment, block: 0, rows });
}

/** One second in which every so many answers have this status. */
function troubled(id: string, { status, every }: { status: number; every: number }): MeasuredBlock {
  let answers = 0;
  return withRows(id, (row) => {
    const second = Math.floor((row.startedAtMs - measuredFromMs) / 1_000);
    if (second !== 2) return row;
    answers += 1;
    return answers % every === 0 ? { ...row, status } : row;
  });
}

/** What was due within so many ms after the fifth second, and no more than that, is sent at the end of them. */
function stalled(id: string, stallMs: number): MeasuredBlock {
  const fromMs = measuredFromMs + 5_000;
  return withRows(id, (row) =>
    row.startedAtMs >= fromMs && row.startedAtMs < fromMs + stallMs ? { ...row, startedAtMs: fromMs + stallMs } : row,
  );
}

function slow(id: string, durationMs: number): MeasuredBlock {
  return withRows(id, (row) => ({ ...row, durationMs }));
}

/** Nothing after so many seconds; the same number of requests before, so that the rate is what it was. */
function cutShort(id: string, seconds: number): MeasuredBlock {
  const share = (seconds * 1_000) / experimentNamed(id).durationMs;
  return withRows(id, (row) => ({ ...row, startedAtMs: measuredFromMs + (row.startedAtMs - measuredFromMs) * share }));
}

function nameVersion(services: Value<'service'>, version: string): void {
  Object.assign(services[1] ?? {}, { version });
}

/** Of the exempt role only, so for two arms of three. */
function forceGenericPlans(roles: Value<'database'>['roleSettings']): void {
  for (const role of roles) if (role.user.endsWith('exempt')) role.settings = 'plan_cache_mode=force_generic_plan';
}

function write(tables: Value<'database'>['after'], name: string): void {
  for (const table of tables) if (table.name === name) table.writes += 1;
}

/** Between two blocks: neither of them saw the table change. */
function reload(before: Value<'database'>['before'], after: Value<'database'>['after']): void {
  for (const table of [...before, ...after]) if (table.name === 'prices') table.filenode = '17000';
}

/** It measures what k6 does, and three fifths more. */
function slowSecondGenerator(check: Value<'crossCheck'>): void {
  if (check !== null) check.p50Ms *= 1.6;
}

type Cgroup = Value<'generator'>['cgroup'];

/** A limit that stopped the generator in so many of a hundred periods. */
function throttle(cgroup: Cgroup, throttledPeriods: number): void {
  if (cgroup.ok) Object.assign(cgroup.value, { cpuLimit: 0.5, periods: 100, throttledPeriods });
}

function kill(cgroup: Cgroup): void {
  if (cgroup.ok) cgroup.value.oomKills = 1;
}

describe('readGuards', () => {
  it('is quiet in a healthy run and says what each guard is for', () => {
    const rows = readGuards(buildEvidence(), testThresholds);
    expect(rows.filter((row) => !row.ok)).toEqual([]);
    const watched = new Set(rows.map((row) => row.id));
    expect(allGuards.map(({ id }) => id).filter((id) => !watched.has(id))).toEqual(['containers-restarted']);
    expect(rows.every((row) => row.observed !== null && row.why.length > 20)).toBe(true);
  });

  it.each<[string, MeasuredBlock[], number]>([
    ['generator-exit', blocksWith('target', 'generator', (generator) => (generator.exitCode = 107)), 1],
    [
      'generator-exit',
      blocksWith('target', 'generator', (generator) => Object.assign(generator, { exitCode: null, signal: 'SIGKILL' })),
      1,
    ],
    ['dropped-iterations', blocksWith('target', 'generator', (generator) => (generator.droppedIterations = 7)), 7],
    ['generator-cpu', blocksWith('target', 'generator', (generator) => (generator.cpuShare = 0.93)), 93],
    ['generator-agreement', blocksWith('cross-check', 'crossCheck', slowSecondGenerator), 60],
    ['generator-throttled', blocksWith('target', 'generator', ({ cgroup }) => throttle(cgroup, 12)), 12],
    ['oom-kills', blocksWith('target', 'generator', ({ cgroup }) => kill(cgroup)), 1],
    ['foreign-cpu', blocksWith('target', 'host', (host) => (host.busyShare = 0.89)), 50],
    [
      'foreign-cpu',
      blocksWith('target', 'host', (host) => Object.assign(host, { busyShare: 0.52, stealShare: 0.04 })),
      17,
    ],
    ['host-steal', blocksWith('target', 'host', (host) => (host.stealShare = 0.1)), 10],
    ['error-share', blocksWith('target', 'generator', (generator) => (generator.errors = generator.requests / 20)), 5],
    ['error-burst', [troubled('target', { status: 503, every: 6 })], 16.7],
    ['error-burst', [troubled('rls-cost', { status: 0, every: 5 }), ...healthyBlocks('rls-cost').slice(1)], 20],
    ['unauthorised-burst', [troubled('target', { status: 401, every: 12 })], 8.3],
    ['iteration-lag', [stalled('target-open', 500)], 300],
    ['users-at-ceiling', [slow('target-open', 900)], 90],
    ['measured-time', [cutShort('target', 15)], 75],
    ['samples-complete', blocksWith('target', 'samples', (samples) => (samples.rows += 40)), 40],
    ['service-build', blocksWith('rls-cost', 'service', (services) => nameVersion(services, '0.2.0')), 1],
    ['generator-wait', blocksWith('target', 'scheduling', (threads) => (threads.waitSeconds = 60)), 3],
    ['clock-step', blocksWith('target', 'machine', (machine) => (machine.clockStepMs = 3_600)), 3_600],
    ['swap', blocksWith('target', 'machine', (machine) => (machine.swappedPages = 9_000)), 9_000],
    ['disk-space', blocksWith('target', 'machine', (machine) => (machine.diskFreeBytes = 4e8)), 4e8],
    ['connection-budget', blocksWith('rls-cost', 'service', (all) => all.forEach((one) => (one.poolMax = 40))), 125.8],
    ['autovacuum', blocksWith('rls-cost', 'database', (database) => (database.autovacuumLooks = 70)), 58.3],
    ['forced-checkpoints', blocksWith('target', 'database', (database) => (database.checkpointsRequested = 2)), 2],
    [
      'arms-alike',
      blocksWith('rls-cost', 'service', ([, other]) => Object.assign(other ?? {}, { prepared: false })),
      1,
    ],
    ['arms-alike', blocksWith('rls-cost', 'database', ({ roleSettings }) => forceGenericPlans(roleSettings)), 2],
    ['data-unchanged', blocksWith('target', 'database', ({ after }) => write(after, 'signals')), 1],
    ['data-unchanged', blocksWith('rls-cost', 'database', ({ before, after }) => reload(before, after)), 1],
    ['data-unchanged', blocksWith('target', 'database', (database) => (database.tenants = 99)), 1],
    ['achieved-rate', [loadOf('target', 245)], 49.7],
    ['achieved-rate', [loadOf('target-open', 400)], 80],
    [
      'database-role',
      blocksWith('target', 'postgres', ({ roles }) => ((roles[0] as { superuser: boolean }).superuser = true)),
      1,
    ],
    [
      'database-role',
      blocksWith('rls-cost', 'postgres', ({ roles }) => ((roles[1] as { bypassRls: boolean }).bypassRls = false)),
      1,
    ],
    [
      'database-role',
      blocksWith('target', 'postgres', ({ roles }) => ((roles[0] as { bypassRls: boolean }).bypassRls = true)),
      1,
    ],
    [
      'database-role',
      blocksWith('target', 'postgres', ({ roles }) => ((roles[0] as { ownsTables: number }).ownsTables = 12)),
      1,
    ],
    [
      'database-role',
      blocksWith('target', 'service', (services) => ((services[0] as { mode: string }).mode = 'filter')),
      1,
    ],
    [
      'rls-forced',
      blocksWith('target', 'postgres', ({ tables }) => ((tables[3] as { forced: boolean }).forced = false)),
      1,
    ],
    [
      'rls-forced',
      blocksWith('target', 'postgres', ({ tables }) => ((tables[3] as { policies: number }).policies = 0)),
      1,
    ],
    ['rls-forced', blocksWith('target', 'postgres', ({ tables }) => void tables.splice(0, 2)), 2],
  ])('%s goes red for its own fault, and no other does', (id, blocks, observed) => {
    const experiment = blocks[0]?.measurement.experimentId as string;
    const [row, ...others] = failedGuards(experiment, blocks);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id, scope: experiment });
    expect(row?.observed).toBeCloseTo(observed, 0);
  });

  it('samples-present goes red for an empty block, and for one that is missing', () => {
    const empty = buildBlock({ experiment: experimentNamed('isolation'), block: 0, rows: [] });
    expect(failedGuards('isolation', [empty])).toContainEqual(
      expect.objectContaining({ id: 'samples-present', observed: 0 }),
    );
    const [row] = failedGuards('rls-cost', healthyBlocks('rls-cost').slice(0, 4));
    expect(row).toMatchObject({
      id: 'samples-present',
      observed: 0,
      why: expect.stringContaining('4 of 6 blocks') as string,
    });
  });

  it('k6 exit code 99 is data', () => {
    expect(
      failedGuards(
        'target',
        blocksWith('target', 'generator', (generator) => (generator.exitCode = 99)),
      ),
    ).toEqual([]);
  });

  it.each<[keyof Artefacts, string[]]>([
    [
      'generator',
      [
        ...['dropped-iterations', 'error-share', 'generator-cpu', 'generator-exit', 'generator-throttled', 'oom-kills'],
        'samples-complete',
      ],
    ],
    ['containers', ['oom-kills', 'service-build']],
    ['host', ['foreign-cpu', 'host-steal']],
    ['postgres', ['database-role', 'rls-forced']],
    ['machine', ['clock-step', 'disk-space', 'swap']],
    ['scheduling', ['generator-wait']],
    ['database', ['connection-budget', 'data-unchanged', 'forced-checkpoints']],
    ['service', ['connection-budget', 'database-role', 'service-build']],
    ['samples', ['samples-complete', 'samples-present']],
  ])('what cannot be read has failed: without %s', (name, guards) => {
    const blocks = healthyBlocks('baseline');
    (blocks[0] as MeasuredBlock).measurement.artefacts[name] = notGathered('GONE', 'nothing there');
    const failed = failedGuards('baseline', blocks);
    expect(failed.map((row) => row.id).sort()).toEqual(guards);
    expect(failed.every((row) => row.observed === null && row.why.includes('nothing there'))).toBe(true);
  });

  it.each<[keyof Artefacts, string[]]>([
    ['database', ['arms-alike', 'autovacuum', 'connection-budget', 'data-unchanged', 'forced-checkpoints']],
    ['service', ['arms-alike', 'connection-budget', 'database-role', 'service-build']],
  ])('nor can arms be compared without %s', (name, guards) => {
    const blocks = healthyBlocks('rls-cost');
    (blocks[2] as MeasuredBlock).measurement.artefacts[name] = notGathered('GONE', 'nothing there');
    expect(
      failedGuards('rls-cost', blocks)
        .map((row) => row.id)
        .sort(),
    ).toEqual(guards);
  });

  it('leaves latency guards out of what probes claim: those do not fall with them', () => {
    const blocks = blocksWith('isolation', 'scheduling', (threads) => (threads.waitSeconds = 60));
    const [last] = blocks;
    if (last?.measurement.artefacts.host.ok === true) last.measurement.artefacts.host.value.stealShare = 0.5;
    expect(failedGuards('isolation', blocks)).toEqual([]);
  });

  it('fails an experiment that was not measured, in one row', () => {
    expect(failedGuards('target', [])).toMatchObject([{ id: 'samples-present', scope: 'target', observed: null }]);
  });

  it('takes a slow service under closed load for slow, not for a lazy generator', () => {
    const experiment = experimentNamed('target');
    const perSecond = 500 / 1.6;
    const rows = steadyLoad({
      fromMs: measuredFromMs,
      seconds: 20,
      perSecond: Math.round(perSecond),
      seed: 1,
      latencyMs: () => 600,
    });
    expect(failedGuards('target', [buildBlock({ experiment, block: 0, rows })])).toEqual([]);
  });

  it('fails a figure that is no number', () => {
    const blocks = blocksWith('target', 'generator', (generator) => (generator.cpuShare = Number.NaN));
    expect(failedGuards('target', blocks)).toMatchObject([{ id: 'generator-cpu', observed: null }]);
  });
});
