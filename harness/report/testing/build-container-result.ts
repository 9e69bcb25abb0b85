/** Builds the result of a run in containers in which the service reached its CPU limit and a server lost a process. */
import type { Result } from '../../model/result.ts';
import { buildPassingResult } from './build-result.ts';
import { buildSelftest } from './build-selftest.ts';

type ContainerSummary = Result['containers'][number];

const mebibyte = 1024 ** 2;

function container(scenario: string, name: string, changes: Partial<ContainerSummary> = {}): ContainerSummary {
  return {
    scenario,
    name,
    image: `${name}:1`,
    cpuLimit: 1.5,
    cpuCores: 0.612,
    cpuShareOfLimit: 0.408,
    throttledShare: 0,
    throttledSeconds: 0,
    memoryPeakBytes: 381 * mebibyte,
    memoryLimitBytes: 1024 * mebibyte,
    oomKills: 0,
    restarts: 0,
    ...changes,
  };
}

export function buildContainerResult(): Result {
  const result = buildPassingResult();
  const limits = { imageId: `sha256:${'4f'.repeat(32)}`, cpuLimit: 1.5, memoryLimitBytes: 1024 * mebibyte };
  return {
    ...result,
    selftest: buildSelftest(),
    environment: {
      ...result.environment,
      kind: 'containers',
      kindReason: 'auto: a container engine answers at /var/run/docker.sock',
      engine: {
        name: 'docker',
        version: '28.5.1',
        composeVersion: '2.40.2',
        cgroupVersion: '2',
        cgroupDriver: 'systemd',
        storageDriver: 'overlay2',
        operatingSystem: 'Debian GNU/Linux 13 (trixie)',
        userlandProxy: true,
      },
      containers: [
        { composeService: 'postgres', image: 'postgres:18.4-trixie', ...limits },
        { composeService: 'redis', image: 'redis:8.2.2', ...limits, cpuLimit: 0.5 },
        { composeService: 'service', image: 'signoff/reference-service', ...limits, cpuLimit: 1 },
        { composeService: 'vault', image: 'hashicorp/vault:1.21.2', ...limits, cpuLimit: null, memoryLimitBytes: null },
      ],
    },
    containers: ['baseline', 'target'].flatMap((scenario) => [
      container(scenario, 'service:rls', {
        cpuLimit: 1,
        cpuCores: 0.871,
        cpuShareOfLimit: 0.871,
        throttledShare: scenario === 'target' ? 0.123 : 0.0004,
        throttledSeconds: 3.1,
      }),
      container(scenario, 'postgres', { oomKills: scenario === 'target' ? 2 : 0 }),
      container(scenario, 'redis', { cpuLimit: 0.5, cpuCores: 0.05, cpuShareOfLimit: 0.1 }),
      container(scenario, 'vault', { cpuLimit: null, cpuShareOfLimit: null, memoryLimitBytes: null }),
    ]),
  };
}
