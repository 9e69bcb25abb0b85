/** On a real engine: what containers use, how often their limits stop them, and every kill for memory, whoever was killed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerUse } from '../../model/container-use.ts';
import type { Container } from '../../model/system.ts';
import { TestContainers, takeMemory, whenTold } from '../testing/test-containers.ts';
import { containersGatherer } from './containers.ts';
import { readByCgroup } from './read-by-cgroup.ts';
import { readByEngine } from './read-by-engine.ts';

let containers: TestContainers;
beforeEach(async () => {
  containers = await TestContainers.connect();
});
afterEach(() => containers.remove());

const LIMITS = { cpu: 0.2, memoryMiB: 40 };
const WAITING = 'sleep 600';
/** Far more work than one period of the limit lets through. */
const WORK = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done';

/** What the gatherer says of containers in whose window something happens. */
async function gather(watched: Container[], happens: () => Promise<void>): Promise<ContainerUse[]> {
  const gatherer = containersGatherer(watched);
  try {
    await gatherer.open?.();
    await gatherer.windowStarts?.();
    await happens();
    await gatherer.everySecond?.();
    await gatherer.windowEnds?.();
    return await gatherer.read();
  } finally {
    await gatherer.close?.();
  }
}

describe('containersGatherer', () => {
  it('sees that a busy container is stopped by its limit, and that an idle one is not', async () => {
    const busy = await containers.start('busy', WAITING, LIMITS);
    const idle = await containers.start('idle', WAITING, LIMITS);
    const [busyUse, idleUse] = await gather([busy, idle], () => containers.run(busy, WORK));
    expect(busyUse).toMatchObject({ name: 'busy', cpuLimit: 0.2, oomKills: 0, restarts: 0 });
    expect(busyUse?.throttledPeriods).toBeGreaterThan(0);
    expect(busyUse?.throttledPeriods).toBeLessThanOrEqual(busyUse?.periods ?? 0);
    expect(busyUse?.throttledSeconds).toBeGreaterThan(0);
    expect(busyUse?.cpuShareOfLimit).toBeGreaterThan(0.3);
    expect(busyUse?.cpuShareOfLimit).toBeLessThan(1.5);
    expect(idleUse?.throttledPeriods).toBe(0);
    expect(idleUse?.cpuSeconds).toBeLessThan(busyUse?.cpuSeconds ?? 0);
    expect(idleUse?.memoryPeakBytes).toBeGreaterThan(0);
  });

  it('counts each killed child of a container that lives on', async () => {
    const killed = `sh -c '${takeMemory}'; `;
    const one = await containers.start('server', whenTold(`${killed}${killed}touch /tmp/done; ${WAITING}`), {
      memoryMiB: 40,
    });
    const [use] = await gather([one], () =>
      containers.run(one, 'touch /tmp/go; until [ -e /tmp/done ]; do sleep 0.05; done'),
    );
    // At least: the kernel may end a helper of the shell as well.
    expect(use?.oomKills).toBeGreaterThanOrEqual(2);
    expect(use?.restarts).toBe(0);
  });

  it('counts a killed first process, after which the container has ended', async () => {
    const one = await containers.start('server', whenTold(takeMemory), { memoryMiB: 40 });
    const [use] = await gather([one], async () => {
      await containers.go(one);
      await containers.ended(one);
    });
    expect(use).toMatchObject({ oomKills: 1, restarts: 1 });
  });

  it('counts an end without a kill, and a container that is no more', async () => {
    const ended = await containers.start('ended', whenTold('exit 3'));
    const removed = await containers.start('removed', WAITING);
    const [endedUse, removedUse] = await gather([ended, removed], async () => {
      await containers.go(ended);
      await containers.ended(ended);
      await containers.remove(removed);
    });
    expect(endedUse).toMatchObject({ oomKills: 0, restarts: 1 });
    expect(removedUse).toMatchObject({ oomKills: 0, restarts: 1 });
  });

  it('is empty without containers, and asks no engine', async () => {
    expect(await gather([], () => Promise.resolve())).toEqual([]);
  });
});

describe('the engine’s statistics', () => {
  it('say the same as the control groups, of the same processors', async () => {
    const one = await containers.start('busy', WAITING, LIMITS);
    const byCgroup = readByCgroup(await containers.pid(one), one.id);
    const byEngine = readByEngine(containers.docker, one.id);
    await containers.run(one, WORK);
    const [before, told, after] = [await byCgroup?.(), await byEngine.read(), await byCgroup?.()];
    expect(told?.cpuSeconds).toBeCloseTo(before?.cpuSeconds ?? Number.NaN, 1);
    // The period that ran when the work ended is counted somewhat later.
    for (const counted of ['periods', 'throttledPeriods'] as const) {
      expect(told?.[counted]).toBeGreaterThanOrEqual(before?.[counted] ?? Number.NaN);
      expect(told?.[counted]).toBeLessThanOrEqual(after?.[counted] ?? Number.NaN);
    }
    expect(told?.periods).toBeGreaterThan(0);
    expect(told?.memoryBytes).toBeGreaterThan(0);
    expect(byEngine.sharesProcessors()).toBe(true);
  });

  it('are null of a container that does not run, or is no more', async () => {
    const one = await containers.start('ended', 'exit 0');
    await containers.ended(one);
    const reader = readByEngine(containers.docker, one.id);
    expect(await reader.read()).toBeNull();
    await containers.remove();
    expect(await reader.read()).toBeNull();
  });
});
