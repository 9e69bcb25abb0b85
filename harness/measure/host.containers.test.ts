/** On a real engine: the account of the machine lists containers by their own accounts, and the engine's processes as one. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Container, System } from '../model/system.ts';
import { containersGatherer } from './containers/containers.ts';
import { findEngineProcesses } from './containers/engine-processes.ts';
import { hostGatherer } from './host.ts';
import { TestContainers } from './testing/test-containers.ts';

let containers: TestContainers;
beforeEach(async () => {
  containers = await TestContainers.connect();
});
afterEach(() => containers.remove());

/** A system of which only the containers run. */
function systemOf(running: Container[]): System {
  const server = { host: '127.0.0.1', port: 1, adminUser: '', adminPassword: '', pid: null };
  return {
    schemaVersion: 1,
    id: 'test',
    kind: 'containers',
    directory: '/nowhere',
    startedAt: '2026-11-22T10:00:00.000Z',
    readyMs: 0,
    harnessPid: process.pid,
    keep: false,
    services: [],
    serviceImage: null,
    containers: running,
    postgres: { ...server, database: '', appUser: '', exemptUser: '' },
    redis: server,
    vault: { address: 'http://127.0.0.1:2', rootToken: '', unsealKey: '', pid: null },
    manifestPath: null,
  };
}

it('lists what ran in a container beside its first process, and what the engine took', async () => {
  const busy = await containers.start('busy', 'sleep 600', { cpu: 0.3 });
  const used = containersGatherer([busy]);
  const host = hostGatherer(systemOf([busy]), [], { generator: () => null, containers: used.useOfThisMachine });
  await used.open?.();
  await Promise.all([used.windowStarts?.(), host.windowStarts?.()]);
  await containers.run(busy, 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
  await Promise.all([used.windowEnds?.(), host.windowEnds?.()]);
  const [use] = await used.read();
  const { processes } = await host.read();
  await used.close?.();
  expect(processes.map(({ name }) => name)).toEqual(['harness', 'busy', 'engine']);
  expect(processes[1]).toMatchObject({ cpuSeconds: use?.cpuSeconds });
  expect(processes[1]?.cpuSeconds).toBeGreaterThan(0);
});

it('finds the shim of a container, and no other’s', async () => {
  const one = await containers.start('one', 'sleep 600');
  const other = await containers.start('other', 'sleep 600');
  const find = (...ids: string[]) => findEngineProcesses({ containerIds: ids, ports: [] });
  const shared = find();
  expect(find(one.id)).toHaveLength(shared.length + 1);
  expect(find(one.id, other.id)).toHaveLength(shared.length + 2);
});
