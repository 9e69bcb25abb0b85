/**
 * Starts a seeded system to work against, and stops it on Ctrl-C or SIGTERM:
 * `node harness/environment/testing/dev-system.ts [--tenants 20] [--rows-per-tenant 200] [--seed 1] [--arms rls,filter,bare]`
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { armSchema } from '../../model/experiment.ts';
import { startEmbedded } from '../embedded/start-embedded.ts';
import type { RunningSystem } from '../environment-driver.ts';
import { systemFile } from '../state/system-state.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import { printProgress } from './print-progress.ts';

const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '20' },
    'rows-per-tenant': { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    arms: { type: 'string', default: 'rls,filter,bare' },
  },
});
const arms = values.arms.split(',').map((arm) => armSchema.parse(arm));

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const interrupted = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
// A pending promise does not keep Node running; an open timer does.
const heartbeat = setInterval(() => undefined, 60_000);

async function prepare(running: RunningSystem): Promise<void> {
  await running.seed({
    tenants: Number(values.tenants),
    rowsPerTenant: Number(values['rows-per-tenant']),
    seed: values.seed,
    manifestPath: path.join(running.system.directory, 'manifest.json'),
    progress: printProgress,
    signal: stop.signal,
  });
  await running.startServices(
    arms.map((arm, slot) => ({ arm, slot })),
    { signal: stop.signal },
  );
  const { directory, services, manifestPath } = running.system;
  const lines = [
    `system    ${systemFile(directory)}`,
    `manifest  ${manifestPath}`,
    ...services.map(({ arm, url }) => `${arm.padEnd(9)} ${url}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const shared = { progress: printProgress, signal: stop.signal };
const running = await startEmbedded({ ...shared, keep: false, tools: await provisionTools(shared, toolNames) });
try {
  const died = new Promise<never>((_, reject) => running.onDeath(reject));
  await prepare(running);
  await Promise.race([interrupted, died, running.stopped]);
} finally {
  clearInterval(heartbeat);
  await running.stop();
}
