/** A case whose comparison fails is told as proving nothing; only an interruption ends the selftest. */
import { expect, it } from 'vitest';
import type { ResolvedBuild } from '../builds/resolve-build.ts';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { selftestVerdict } from '../gate/selftest-verdict.ts';
import { SignoffError } from '../model/errors.ts';
import { type CaseOptions, runSelftestCase } from './run-selftest-case.ts';
import { testContext } from './testing/ask-signoff.ts';

const build: ResolvedBuild = {
  build: { ref: '.', kind: 'folder', commit: null, dirty: null, contentHash: 'a', regression: null },
  program: { serviceEntry: 'service.js', migrateEntry: 'migrate.js' },
};

/** On a system that cannot even make a copy of its data. */
function casesOn(error: SignoffError): CaseOptions {
  const running = { copyDatabase: () => Promise.reject(error) } as unknown as RunningSystem;
  const toolset = { k6: { path: 'k6' } } as CaseOptions['prepared']['toolset'];
  const manifest = { tenants: [], tenantCount: 25 } as unknown as CaseOptions['prepared']['manifest'];
  return {
    request: {
      ...{ tenants: 25, rowsPerTenant: 100, seed: 'signoff', environment: 'embedded', thresholds: testThresholds },
      ...{ plans: [null], leftOut: [], atMostMs: 36_000, out: null, json: false },
    },
    prepared: { running, toolset, manifest, manifestPath: 'manifest.json', prerequisites: [], kindReason: 'test' },
    base: build,
    candidate: build,
    folder: '/nowhere',
  };
}

it('proves nothing where a server died, and says why', async () => {
  const { context, text } = testContext();
  const one = await runSelftestCase(context, null, casesOn(new SignoffError('SERVER_DIED', 'postgres ended')));
  expect(one).toMatchObject({ id: 'identical', outcome: 'quiet', blocks: 0, folder: null });
  expect(one.invalid).toBe('the comparison failed: postgres ended');
  expect(selftestVerdict([one])).toBe('inconclusive');
  expect(text.err).toContain('postgres ended');
});

it('ends where it was interrupted', async () => {
  const { context } = testContext();
  const interrupted = new SignoffError('INTERRUPTED', 'Ctrl-C');
  await expect(runSelftestCase(context, null, casesOn(interrupted))).rejects.toBe(interrupted);
});
