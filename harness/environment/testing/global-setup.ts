/** Starts one seeded embedded system with all three services for the integration tests, and stops it after them. */
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { System } from '../../model/system.ts';
import { startEmbedded } from '../embedded/start-embedded.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import { printProgress } from './print-progress.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    system: System;
  }
}

const TENANTS = 6;
const ROWS_PER_TENANT = 200;

/** vitest has no handle on what a failing global setup leaves: it stops everything itself. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { signal } = new AbortController();
  const tools = await provisionTools({ progress: printProgress, signal }, toolNames);
  const running = await startEmbedded({ keep: false, tools, progress: printProgress, signal });
  try {
    const manifestPath = path.join(running.system.directory, 'manifest.json');
    await running.seed({
      tenants: TENANTS,
      seed: '1',
      rowsPerTenant: ROWS_PER_TENANT,
      manifestPath,
      progress: printProgress,
      signal,
    });
    await running.startServices([
      { arm: 'rls', slot: 0 },
      { arm: 'filter', slot: 1 },
      { arm: 'bare', slot: 2 },
    ]);
  } catch (error) {
    await running.stop();
    throw error;
  }
  project.provide('system', running.system);
  return () => running.stop();
}
