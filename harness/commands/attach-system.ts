/** Takes hold of the system that `signoff up`, or a run with --keep, left running, for a single stage. */
import { driverOf } from '../environment/choose-environment.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { findRunningSystem } from '../environment/state/running-system.ts';
import { SignoffError } from '../model/errors.ts';

/** NO_SYSTEM when none runs; the newest when several do. */
export async function attachSystem(): Promise<RunningSystem> {
  const system = await findRunningSystem();
  if (system === null) throw new SignoffError('NO_SYSTEM', 'no system is running');
  return await driverOf(system.kind).attach(system);
}
