/** A short block of scenarios/compare.ts with real k6, one service in the place of both builds. */
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { Measurement } from '../model/measurement.ts';
import type { ServiceInstance } from '../model/system.ts';
import { measureBlock } from './measure-block.ts';
import { querySamples } from './testing/query-samples.ts';
import { type PreparedBlock, prepareBlock } from './testing/short-block.ts';

const system = inject('system');
let prepared: PreparedBlock | undefined;

afterEach(() => prepared?.remove());

async function compare(services: ServiceInstance[]): Promise<Measurement> {
  prepared = await prepareBlock(system, {
    script: 'compare.ts',
    workload: { kind: 'open', ratePerSecond: 40 },
    arms: ['base', 'candidate'],
    warmUpMs: 1_000,
    durationMs: 3_000,
  });
  return measureBlock({ ...prepared.options, services });
}

function inBothArms(): ServiceInstance[] {
  const [service] = system.services.filter(({ arm }) => arm === 'rls');
  if (service === undefined) throw new Error('the system has no service in production mode');
  return (['base', 'candidate'] as const).map((arm, slot) => ({ ...service, arm, slot }));
}

function pathOf({ artefacts }: Measurement): string {
  if (!artefacts.samples.ok) throw new Error(artefacts.samples.error.message);
  return join(prepared?.options.runDirectory ?? '', artefacts.samples.value.file);
}

describe('a block of two builds', () => {
  it('sends each arm the same requests: one, or eight at once, of one tenant, and none fails', async () => {
    const measurement = await compare(inBothArms());
    const { generator } = measurement.artefacts;
    expect(generator).toMatchObject({ ok: true, value: { errors: 0, droppedIterations: 0, offeredPerSecond: 40 } });
    const { costs } = measurement.artefacts;
    expect(costs.ok && costs.value.map(({ arm, connectionsInUseAtEnd }) => [arm, connectionsInUseAtEnd])).toEqual([
      ['base', 0],
      ['candidate', 0],
    ]);
    const path = pathOf(measurement);
    const shapes = await querySamples(
      path,
      `select endpoint = 'burst', count(*), count(distinct arm), count(distinct endpoint), count(distinct tenant) from
         (select * from samples where scenario = 'compare') group by pair, endpoint = 'burst'`,
    );
    const single = shapes.filter(([burst]) => burst === false);
    const bursts = shapes.filter(([burst]) => burst === true);
    // Only the last ones may have been cut off by the end.
    expect(single.filter((row) => row.slice(1).join() !== '2,2,1,1').length).toBeLessThanOrEqual(2);
    expect(bursts.filter((row) => row.slice(1).join() !== '16,2,1,1').length).toBeLessThanOrEqual(1);
    expect(Math.abs(bursts.length - shapes.length / 20)).toBeLessThanOrEqual(1);
    const status = await querySamples(path, `select min(status), max(status) from samples where not setup`);
    expect(status).toEqual([[200, 201]]);
  });

  it('asks for every tenant equally often, and begins with either arm', async () => {
    const path = pathOf(await compare(inBothArms()));
    const tenants = await querySamples(
      path,
      `select tenant, count(distinct pair) from samples where scenario = 'compare' group by tenant order by tenant`,
    );
    expect(tenants.map(([rank]) => rank)).toEqual([0, 1, 2, 3, 4, 5]);
    const counts = tenants.map(([, pairs]) => Number(pairs));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const first = await querySamples(
      path,
      `select arm_of_first, count(*) from (select arg_min(arm, ended_at_us) as arm_of_first
         from samples where scenario = 'compare' group by pair) group by arm_of_first order by arm_of_first`,
    );
    expect(first.map(([arm]) => arm)).toEqual(['base', 'candidate']);
    expect(Math.min(...first.map(([, pairs]) => Number(pairs)))).toBeGreaterThan(30);
  });
});
