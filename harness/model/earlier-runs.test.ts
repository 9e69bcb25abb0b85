/** Run folders that were written before containers were measured can still be read, and claim nothing that was not gathered. */
import { describe, expect, it } from 'vitest';
import { environmentSchema } from './environment.ts';
import { generatorSchema, measurementSchema } from './measurement.ts';

const missing = { ok: false, error: { code: 'NOT_GATHERED', message: 'not part of this test' } };

describe('what an earlier signoff wrote', () => {
  it('of a block has no containers', () => {
    const names = ['samples', 'generator', 'host', 'postgres', 'redis', 'vault', 'service', 'probes'];
    const earlier = {
      schemaVersion: 1,
      experimentId: 'target',
      scenarioId: 'target',
      block: 0,
      startedAt: '2026-01-01T00:00:00.000Z',
      warmUpEndsAtMs: 0,
      measureEndsAtMs: 1_000,
      assignment: [{ arm: 'rls', slot: 0 }],
      artefacts: Object.fromEntries(names.map((name) => [name, missing])),
    };
    const { artefacts } = measurementSchema.parse(earlier);
    expect(artefacts.containers).toEqual({ ok: true, value: [] });
    for (const name of ['machine', 'scheduling', 'database', 'crossCheck'] as const) {
      expect(artefacts[name]).toMatchObject({ ok: false, error: { code: 'NOT_MEASURED' } });
    }
  });

  it('of the generator does not know whether a limit stopped it', () => {
    const earlier = {
      ...{ exitCode: 0, signal: null, stderrTail: [], setupEndedAtMs: 0, endedAtMs: 1, requests: 1, errors: 0 },
      ...{ iterations: 1, droppedIterations: 0, offeredPerSecond: 1, achievedPerSecond: 1, cpuShare: 0, gomaxprocs: 1 },
    };
    expect(generatorSchema.parse(earlier).cgroup).toMatchObject({ ok: false, error: { code: 'NOT_MEASURED' } });
  });

  it('of the environment has no engine', () => {
    const earlier = {
      ...{ kind: 'embedded', kindReason: 'test', gitSha: null, dirty: null, versions: {}, generatorColocated: true },
      host: { cpu: 'test', cores: 2, memoryBytes: 8e9, kernel: '6', platform: 'linux' },
      ...{ settings: {}, tenants: 1, rows: 1, seed: '1', dataChecksum: '0' },
    };
    expect(environmentSchema.parse(earlier)).toMatchObject({ engine: null, containers: [] });
  });
});
