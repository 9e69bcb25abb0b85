/** Decides which kind of environment a run uses, and says why. */
import { asSignoffError, SignoffError } from '../model/errors.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import { findAnsweringEngine } from './containers/answering-engine.ts';
import { findEngine } from './containers/engine.ts';
import { containersDriver } from './containers/start-containers.ts';
import { embeddedDriver } from './embedded/start-embedded.ts';
import type { EnvironmentDriver } from './environment-driver.ts';

export interface ChosenEnvironment {
  driver: EnvironmentDriver;
  /** For people: stored with the run and shown in the report. */
  reason: string;
}

const drivers: Partial<Record<EnvironmentKind, EnvironmentDriver>> = {
  embedded: embeddedDriver,
  containers: containersDriver,
};

/** Rejects with ENVIRONMENT_REFUSED for a kind that this version does not have. */
export async function chooseEnvironment(
  wanted: EnvironmentKind | 'auto',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ChosenEnvironment> {
  if (wanted !== 'auto') return { driver: driverOf(wanted), reason: `asked for with --environment ${wanted}` };
  const { answers, looked } = await findAnsweringEngine(environment);
  if (answers === null) return { driver: embeddedDriver, reason: `auto: no container engine answers at ${looked}` };
  try {
    const { version, composeVersion } = await findEngine(environment);
    return { driver: containersDriver, reason: `auto: Docker ${version} with Compose ${composeVersion} answers` };
  } catch (error) {
    return { driver: embeddedDriver, reason: `auto: ${asSignoffError(error).message}` };
  }
}

/** The driver of a kind, for a system that runs already. */
export function driverOf(kind: EnvironmentKind): EnvironmentDriver {
  const driver = drivers[kind];
  if (driver !== undefined) return driver;
  throw new SignoffError('ENVIRONMENT_REFUSED', `the environment "${kind}" is not available yet in this version`, {
    hint: `Use --environment ${Object.keys(drivers).join(' or ')}, or leave it out.`,
  });
}
