/** On a real engine: the process of a service in a container is found on this machine, and what it writes is counted. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ServiceInstance } from '../model/system.ts';
import { TestContainers, whenTold } from './testing/test-containers.ts';
import { findServiceProcess, readWrittenBytes } from './written-bytes.ts';

let containers: TestContainers;
beforeEach(async () => {
  containers = await TestContainers.connect();
});
afterEach(() => containers.remove());

const service: ServiceInstance = { arm: 'candidate', slot: 1, url: 'http://127.0.0.1:1', pid: null };
const WRITTEN = 200_000;

it('counts what the first process of the arm’s container writes', async () => {
  const base = await containers.start('service:base', 'sleep 600');
  const command = `printf '%0${WRITTEN}d' 0 > /tmp/written; touch /tmp/done; until false; do sleep 1; done`;
  const candidate = await containers.start('service:candidate', whenTold(command));
  const pid = await findServiceProcess([base, candidate], service);
  expect(pid).toBe(await containers.pid(candidate));
  const before = await readWrittenBytes(pid);
  await containers.run(candidate, 'touch /tmp/go; until [ -e /tmp/done ]; do sleep 0.05; done');
  const written = Number(await readWrittenBytes(pid)) - Number(before);
  expect(written).toBeGreaterThanOrEqual(WRITTEN);
  expect(written).toBeLessThan(WRITTEN * 1.1);
});

it('finds none where no container runs the arm', async () => {
  const base = await containers.start('service:base', 'sleep 600');
  expect(await findServiceProcess([base], service)).toBeNull();
});
