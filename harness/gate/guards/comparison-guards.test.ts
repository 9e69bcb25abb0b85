/** Guards of a comparison of builds: bursts are one thing that is asked, each arm has its own database and its own build. */
import { describe, expect, it } from 'vitest';
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { Measurement } from '../../model/measurement.ts';
import { buildBlock, measuredFromMs } from '../../claims/testing/build-block.ts';
import { buildEvidence } from '../../claims/testing/build-evidence.ts';
import type { SampleRow } from '../../claims/testing/sample-rows.ts';
import { testThresholds } from '../../claims/testing/test-thresholds.ts';
import { compareProfile } from '../../experiments/compare.ts';
import { readGuards } from './read-guards.ts';

type Artefacts = Measurement['artefacts'];
type Value<N extends keyof Artefacts> = Extract<Artefacts[N], { ok: true }>['value'];

const ratePerSecond = 100;
const [experiment] = compareProfile({ tenants: 100 }).experiments as [Experiment];
const databaseOf = { base: 'arm_base', candidate: 'arm_candidate' };

/** Eight at once of every twentieth pair. */
function comparedRows(burstMs = 20): SampleRow[] {
  const pairs = Array.from({ length: (experiment.durationMs * ratePerSecond) / 1_000 }, (_, pair) => pair);
  return pairs.flatMap((pair) => {
    const isBurst = pair % 20 === 19;
    const durationMs = isBurst ? burstMs : 5;
    return (['base', 'candidate'] as const).flatMap((arm, place) =>
      Array.from({ length: isBurst ? 8 : 1 }, () => ({
        startedAtMs: measuredFromMs + (pair * 1_000) / ratePerSecond + place * durationMs,
        ...{ durationMs, status: 200, endpoint: isBurst ? 'burst' : 'trades.list', arm, pair, setup: false },
      })),
    );
  });
}

const rows = comparedRows();

/** Each arm with a database of its own. */
function comparedBlocks(seen = rows): MeasuredBlock[] {
  return Array.from({ length: experiment.blocks }, (_, block) => {
    const built = buildBlock({ experiment, block, rows: seen });
    const { database, postgres } = built.measurement.artefacts;
    if (database.ok) ownDatabases(database.value);
    if (postgres.ok) {
      postgres.value.tables = Object.values(databaseOf).flatMap((name) =>
        (postgres.ok ? postgres.value.tables : []).map((table) => ({ ...table, database: name })),
      );
    }
    return built;
  });
}

function ownDatabases(state: Value<'database'>): void {
  const arms = Object.entries(databaseOf) as ['base' | 'candidate', string][];
  const roleSettings = structuredClone(state.roleSettings);
  for (const side of ['before', 'after'] as const) {
    state[side] = arms.flatMap(([, database]) => state[side].map((table) => ({ ...table, database })));
  }
  state.ownDatabases = arms.map(([arm, database]) => ({
    ...{ database, arms: [arm], tenants: state.tenants, settings: '' },
    roleSettings: structuredClone(roleSettings),
  }));
}

function changed<N extends keyof Artefacts>(name: N, change: (value: Value<N>) => void): MeasuredBlock[] {
  const blocks = comparedBlocks();
  const artefact = blocks.at(-1)?.measurement.artefacts[name];
  if (artefact?.ok === true) change(artefact.value);
  return blocks;
}

function guardsOf(blocks: MeasuredBlock[]) {
  const evidence = { ...buildEvidence(), experiments: [experiment], blocks };
  return readGuards(evidence, testThresholds);
}

function failed(blocks: MeasuredBlock[]) {
  return guardsOf(blocks).filter(({ ok }) => !ok);
}

describe('guards of a comparison of builds', () => {
  it('are quiet in a healthy one', () => {
    expect(failed(comparedBlocks())).toEqual([]);
  });

  it('take a burst for one request of its rate, and for one user at work', () => {
    const observed = (id: string) => guardsOf(comparedBlocks()).find((guard) => guard.id === id)?.observed;
    // The blocks of this test have no rests between their bursts.
    expect(observed('achieved-rate')).toBeCloseTo(100 / 0.84, 0);
    expect(observed('users-at-ceiling')).toBeLessThan(10);
  });

  it('see a rate that was not reached, however many requests bursts add', () => {
    const seldom = rows.filter(({ pair }) => pair % 20 === 19 || pair % 2 === 0);
    expect(failed(comparedBlocks(seldom)).map(({ id }) => id)).toContain('achieved-rate');
  });

  it('see users at their ceiling', () => {
    const slow = rows.map((row) => ({ ...row, durationMs: 950 }));
    expect(failed(comparedBlocks(slow)).map(({ id }) => id)).toContain('users-at-ceiling');
  });

  it('let builds have different versions, prepare differently and open other pools, and say so', () => {
    const blocks = comparedBlocks();
    for (const { measurement } of blocks) {
      const { service } = measurement.artefacts;
      if (service.ok) Object.assign(service.value[1] ?? {}, { version: '0.2.0', prepared: false, poolMax: 4 });
    }
    expect(failed(blocks)).toEqual([]);
    const alike = guardsOf(blocks).find(({ id }) => id === 'arms-alike');
    expect(alike?.why).toContain('base prepared, a pool of 10; candidate unprepared, a pool of 4');
  });

  it.each<[string, [number, number], boolean]>([
    ['in neither database', [0, 0], true],
    ['in both alike', [12, 9], true],
    ['for a moment in one', [2, 0], true],
    ['in the database of one arm only', [0, 9], false],
    ['in one for much longer', [21, 5], false],
  ])('autovacuum %s', (_, looks, ok) => {
    const blocks = changed('database', (state) => {
      state.autovacuumLooks = Math.max(...looks);
      state.ownDatabases?.forEach((own, index) => (own.autovacuumLooks = looks[index] ?? 0));
    });
    const row = guardsOf(blocks).find(({ id }) => id === 'autovacuum');
    expect(row?.ok).toBe(ok);
    if (!ok) expect(row?.why).toContain(`base: ${looks[0]}, candidate: ${looks[1]}`);
  });

  it.each<[string, MeasuredBlock[], string]>([
    [
      'service-build',
      changed('service', ([, candidate]) => Object.assign(candidate ?? {}, { version: '0.9.9' })),
      'candidate: ',
    ],
    [
      'arms-alike',
      changed('database', ({ ownDatabases }) => {
        Object.assign(ownDatabases?.[1] ?? {}, { settings: 'trades(autovacuum_enabled=false)' });
      }),
      'trades(autovacuum_enabled=false)',
    ],
    [
      'rls-forced',
      changed('postgres', ({ tables }) => Object.assign(tables.at(-1) ?? {}, { forced: false })),
      'in arm_candidate',
    ],
    ['rls-forced', changed('postgres', ({ tables }) => void tables.splice(0, 1)), 'in arm_base'],
    [
      'data-unchanged',
      changed('database', ({ after }) => {
        for (const table of after)
          if (table.name === 'signals' && table.database === 'arm_candidate') table.writes += 1;
      }),
      'signals in arm_candidate',
    ],
    [
      'data-unchanged',
      changed('database', ({ ownDatabases }) => {
        Object.assign(ownDatabases?.[1] ?? {}, { tenants: 99 });
      }),
      '99 tenants',
    ],
    [
      'database-role',
      changed('postgres', ({ roles }) => Object.assign(roles.at(-1) ?? {}, { bypassRls: true })),
      'BYPASSRLS',
    ],
    [
      'database-role',
      changed('service', ([, candidate]) => Object.assign(candidate ?? {}, { mode: 'filter' })),
      'arm candidate ran in mode filter',
    ],
  ])('%s goes red for its own fault in one arm, and no other does', (id, blocks, told) => {
    const [row, ...others] = failed(blocks);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id, observed: 1 });
    expect(row?.why).toContain(told);
  });
});
