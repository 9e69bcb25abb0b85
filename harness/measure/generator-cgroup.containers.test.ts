/** On a real engine: a process in a control group with a CPU limit is seen as stopped by it, one without a limit is not. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GeneratorCgroup } from '../model/measurement.ts';
import type { Container } from '../model/system.ts';
import { generatorCgroupGatherer } from './generator-cgroup.ts';
import { TestContainers } from './testing/test-containers.ts';

let containers: TestContainers;
beforeEach(async () => {
  containers = await TestContainers.connect();
});
afterEach(() => containers.remove());

const WORK = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done';

/** The first process of the container stands for k6: the harness's limits are the same ones, wherever it runs. */
async function gather(container: Container): Promise<GeneratorCgroup> {
  const pid = await containers.pid(container);
  const gatherer = generatorCgroupGatherer(() => pid);
  await gatherer.open?.();
  await gatherer.windowStarts?.();
  await containers.run(container, WORK);
  await gatherer.windowEnds?.();
  return await gatherer.read();
}

it('sees periods in which the limit stopped the generator', async () => {
  const use = await gather(await containers.start('limited', 'sleep 600', { cpu: 0.2 }));
  expect(use).toMatchObject({ cpuLimit: 0.2, oomKills: 0 });
  expect(use.throttledPeriods).toBeGreaterThan(0);
  expect(use.throttledPeriods).toBeLessThanOrEqual(use.periods);
  expect(use.throttledSeconds).toBeGreaterThan(0);
});

it('sees none where there is no limit, whatever limits this test itself', async () => {
  const use = await gather(await containers.start('free', 'sleep 600'));
  expect(use.throttledPeriods).toBe(0);
});
