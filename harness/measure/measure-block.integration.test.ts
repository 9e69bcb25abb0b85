/** Short blocks with real k6 against the running system: what comes back when all goes well. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type Measurement, measurementSchema } from '../model/measurement.ts';
import { probeLayers } from '../model/probe-layer.ts';
import { measureBlock } from './measure-block.ts';
import { querySamples } from './testing/query-samples.ts';
import { type PreparedBlock, type ShortBlock, prepareBlock } from './testing/short-block.ts';

const system = inject('system');
let prepared: PreparedBlock | undefined;

afterEach(() => prepared?.remove());

async function measure(block: ShortBlock): Promise<Measurement> {
  prepared = await prepareBlock(system, block);
  return measurementSchema.parse(await measureBlock(prepared.options));
}

function query(file: string, sql: string): Promise<unknown[][]> {
  return querySamples(join(prepared?.options.runDirectory ?? '', file), sql);
}

function failures({ artefacts }: Measurement): string[] {
  return Object.entries(artefacts).flatMap(([name, artefact]) =>
    artefact.ok ? [] : [`${name}: ${artefact.error.message}`],
  );
}

describe('a block of closed load', () => {
  it('brings samples and every artefact, and leaves nothing behind', async () => {
    const measurement = await measure({
      script: 'baseline.ts',
      workload: { kind: 'closed', users: 10, thinkTimeMs: 100 },
    });
    expect(failures(measurement)).toEqual([]);
    const { samples, generator, host, postgres, redis, vault, service, probes } = measurement.artefacts;
    if (!samples.ok || !generator.ok || !host.ok || !postgres.ok || !redis.ok || !vault.ok || !service.ok || !probes.ok)
      return;

    expect(generator.value).toMatchObject({ exitCode: 0, signal: null, errors: 0, droppedIterations: 0 });
    expect(generator.value.requests).toBeGreaterThan(0);
    expect(generator.value.cpuShare).toBeGreaterThan(0);
    expect(generator.value.cgroup).toMatchObject({ ok: true, value: { oomKills: 0 } });
    expect(measurement.artefacts.containers).toEqual({ ok: true, value: [] });
    expect(measurement.measureEndsAtMs - measurement.warmUpEndsAtMs).toBe(2_000);
    const [row] = await query(
      samples.value.file,
      `select count(*), count(*) filter (setup), count(distinct arm), min(status), max(status),
      count(*) filter (not setup and ended_at_us / 1000.0 - duration_ms >= ${measurement.warmUpEndsAtMs} and ended_at_us / 1000.0 <= ${measurement.measureEndsAtMs}) from samples`,
    );
    expect(row).toEqual([samples.value.rows, 10, 1, 200, 201, generator.value.requests]);

    expect(host.value.processes.map(({ name }) => name)).toEqual([
      'k6',
      'harness',
      'service:rls',
      'postgres',
      'redis',
      'vault',
    ]);
    expect(postgres.value.roles).toEqual([
      { arm: 'rls', user: system.postgres.appUser, superuser: false, bypassRls: false, ownsTables: 0 },
    ]);
    expect(postgres.value.tables).toHaveLength(10);
    expect(
      postgres.value.tables.every(({ rowSecurity, forced, policies }) => rowSecurity && forced && policies === 1),
    ).toBe(true);
    expect(postgres.value.statements.map(({ user }) => user)).toContain(system.postgres.appUser);
    expect(postgres.value.commits).toBeGreaterThan(0);
    expect(redis.value.commands).toBeGreaterThan(0);
    expect(vault.value.sealed).toBe(false);
    expect(service.value).toMatchObject([{ arm: 'rls', mode: 'rls', errors5xx: 0 }]);
    expect(service.value[0]?.requests).toBeGreaterThan(0);
    expect(probes.value.map(({ probe, kind, violations }) => [probe, kind, violations])).toEqual([
      ['response-tenant', 'control', 0],
      ['response-tenant', 'probe', 0],
    ]);
    expect(prepared?.events.some(({ kind }) => kind === 'live')).toBe(true);
    expect(readdirSync(system.directory).filter((name) => name.startsWith('measure-'))).toEqual([]);
  });
});

describe('a block of open load', () => {
  it('offers the declared rate', async () => {
    const measurement = await measure({ script: 'target-open.ts', workload: { kind: 'open', ratePerSecond: 20 } });
    expect(failures(measurement)).toEqual([]);
    const { generator } = measurement.artefacts;
    expect(generator.ok && generator.value.offeredPerSecond).toBe(20);
    expect(generator.ok && generator.value.iterations).toBeGreaterThan(0);
  });
});

describe('a block of pairs', () => {
  it('sends every request of the measured time once to each arm, and the same one', async () => {
    const arms = ['rls', 'filter', 'bare'] as const;
    const measurement = await measure({
      script: 'rls-cost.ts',
      workload: { kind: 'open', ratePerSecond: 20 },
      arms: [...arms],
      warmUpMs: 1_000,
    });
    expect(failures(measurement)).toEqual([]);
    const { samples, service, postgres } = measurement.artefacts;
    if (!samples.ok || !service.ok || !postgres.ok) return;
    const pairs = await query(
      samples.value.file,
      `select count(*), count(distinct arm), count(distinct endpoint), count(distinct tier) from samples
        where scenario = 'rls-cost' group by pair`,
    );
    expect(pairs.length).toBeGreaterThan(20);
    // Only the last ones may have been cut off by the end.
    expect(pairs.filter((row) => row.join() !== '3,3,1,1').length).toBeLessThanOrEqual(2);
    const first = await query(
      samples.value.file,
      `select count(distinct arm) from (select arg_min(arm, ended_at_us) as arm from samples where scenario = 'rls-cost' group by pair)`,
    );
    expect(first).toEqual([[3]]);
    expect(service.value.map(({ arm, mode }) => arm === mode)).toEqual([true, true, true]);
    expect(postgres.value.roles.map(({ arm, bypassRls }) => [arm, bypassRls]).sort()).toEqual([
      ['bare', true],
      ['filter', true],
      ['rls', false],
    ]);
  });
});

describe('a block of isolation', () => {
  it('lets every control in, finds no violation, and leaves no probe out', async () => {
    const measurement = await measure({
      script: 'isolation.ts',
      workload: { kind: 'closed', users: 3, thinkTimeMs: 200 },
      warmUpMs: 500,
      durationMs: 14_000,
    });
    expect(failures(measurement)).toEqual([]);
    const { probes, generator } = measurement.artefacts;
    if (!probes.ok || !generator.ok) return;
    expect(probes.value.filter(({ violations }) => violations > 0)).toEqual([]);
    // Times are compared only where the machine is quiet enough: what is told there is that it was not.
    const answered = probes.value.filter(({ probe }) => !probe.startsWith('time of the answer'));
    expect(answered.filter(({ undecided, count }) => undecided === count)).toEqual([]);
    for (const layer of probeLayers) expect(probes.value.map((one) => one.layer)).toContain(layer);
    const names = new Set(probes.value.map(({ probe }) => probe));
    expect([...names].filter((name) => name.startsWith('token: '))).toHaveLength(9);
    expect(names.size).toBeGreaterThan(120);
    expect(probes.value).toHaveLength(names.size * 2);
    expect(generator.value.errors).toBe(0);
  });
});
