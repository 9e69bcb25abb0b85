/** The probes through the pool: nothing on an intact system, time and again; and every one of them sees a defect that is planted for it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  createEnvironment,
  type OwnEnvironment,
  startService,
} from '../../../../reference-service/testing/own-service.ts';
import { bundleService } from '../../../faults/bundle-service.ts';
import type { SourceReplacement } from '../../../faults/defect.ts';
import contextOfAnotherRequest from '../../../faults/mutants/service/context-of-another-request.ts';
import sessionContext from '../../../faults/mutants/service/session-context.ts';
import type { ProbeCount } from '../../../model/measurement.ts';
import { databaseDefects } from '../testing/database-defects.ts';
import { withDefect } from '../testing/planted-defect.ts';
import { sceneOfTests } from '../testing/scene-of-tests.ts';
import { blemishes, probesOf, violated } from '../testing/summaries.ts';
import { poolSuite } from './pool-suite.ts';

const system = inject('system');
const root = join(import.meta.dirname, '..', '..', '..', '..');
const RUNS = 3;
/** A service is built and started for each defect. */
const DEFECTS_TIMEOUT_MS = 600_000;
let environment: OwnEnvironment;

beforeAll(async () => {
  environment = await createEnvironment();
});
afterAll(() => environment.remove());

const runSuite = () => poolSuite.run(sceneOfTests(system));

/** Probes a service with these changes in its source, on the same servers. */
async function probeWith(name: string, replacements: SourceReplacement[]): Promise<ProbeCount[]> {
  const bundle = await bundleService(root, `test-pool-${name}`, replacements);
  try {
    const service = await startService(environment.variables, bundle.entry);
    try {
      return await poolSuite.run(
        sceneOfTests(system, { service: { arm: 'rls', slot: 9, url: service.url, pid: service.pid } }),
      );
    } finally {
      service.signal('SIGTERM');
      await service.ended;
    }
  } finally {
    await bundle.remove();
  }
}

const serviceDefects: Record<string, { replacements: SourceReplacement[]; seenBy: string[] }> = {
  [sessionContext.id]: {
    replacements: sessionContext.replacements,
    seenBy: ['pool: the context is set for the transaction only'],
  },
  'no-context': {
    replacements: [
      {
        file: 'database/database.ts',
        pattern: 'rls: (tenantId, queries) => [begin, tenantContext(tenantId), ...queries, commit]',
        replacement: 'rls: (_tenantId, queries) => [begin, ...queries, commit]',
      },
      { file: 'database/database.ts', pattern: '= { rls: 2,', replacement: '= { rls: 1,' },
    ],
    seenBy: ['pool: many tenants at once over few connections'],
  },
  [contextOfAnotherRequest.id]: {
    replacements: contextOfAnotherRequest.replacements,
    seenBy: [
      'pool: many tenants at once over few connections',
      'pool: context after a statement that failed',
      'pool: context after a cancelled statement',
      'pool: context after a caller who hung up',
      'pool: context after a connection that was lost',
      'pool: requests that waited for a connection',
      'pool: context after the pool was exhausted',
    ],
  },
};

describe('the probes through the pool', () => {
  it('see nothing on an intact system, every probe with a control', async () => {
    for (let run = 0; run < RUNS; run += 1) expect(blemishes(await runSuite())).toEqual([]);
  });

  it(
    'see every defect that is planted, and none of them is blind',
    async () => {
      const probes = probesOf(await runSuite());
      const seeing = new Set<string>();
      for (const [name, { replacements, seenBy }] of Object.entries(serviceDefects)) {
        const seen = violated(await probeWith(name, replacements));
        expect(seen, name).toEqual(expect.arrayContaining(seenBy));
        for (const probe of seen) seeing.add(probe);
      }
      const open = databaseDefects['policies that let everything through'];
      if (open === undefined) throw new Error('no such defect');
      for (const probe of violated(await withDefect(system, open, runSuite))) seeing.add(probe);
      expect(probes.filter((probe) => !seeing.has(probe))).toEqual([]);
    },
    DEFECTS_TIMEOUT_MS,
  );

  it('see nothing in the intact source started as they are', async () => {
    expect(blemishes(await probeWith('intact', []))).toEqual([]);
  });
});
