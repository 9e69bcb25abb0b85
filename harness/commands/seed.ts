/** `signoff seed`: replaces the data of the running system. */
import path from 'node:path';
import { profiles } from '../experiments/profiles.ts';
import { exitCode } from '../model/exit-codes.ts';
import { attachSystem } from './attach-system.ts';
import { publishManifest } from './publish-manifest.ts';
import { createReporter } from './reporter.ts';
import { addDataFlags, readSystemRequest } from './run-request.ts';
import type { Verb } from './verb.ts';

export const seedVerb: Verb = {
  name: 'seed',
  summary: 'Replace the data of the running system: same seed, same bytes.',
  configure: (command) => {
    addDataFlags(command);
  },
  run: async (context, flags) => {
    const request = readSystemRequest(flags);
    const running = await attachSystem();
    const reporter = createReporter(context);
    const manifestPath = path.join(running.system.directory, 'manifest.json');
    const manifest = await running.seed({
      tenants: request.tenants ?? profiles.quick.tenants,
      seed: request.seed,
      rowsPerTenant: request.rowsPerTenant,
      manifestPath,
      progress: reporter.progress,
      signal: context.signal,
    });
    await reporter.end();
    await publishManifest(context, manifestPath);
    running.release();
    const { tenantCount, rows, checksum, seed } = manifest;
    context.out(
      flags['json'] === true
        ? `${JSON.stringify({ seed, tenants: tenantCount, rows, checksum, manifest: manifestPath }, null, 2)}\n`
        : `${tenantCount} tenants, ${rows.toLocaleString('en-US')} rows, SHA-256 ${checksum}\n`,
    );
    return exitCode('pass');
  },
};
