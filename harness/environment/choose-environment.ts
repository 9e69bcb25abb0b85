/** Decides which kind of environment a run uses, and says why. */
import { SignoffError } from '../model/errors.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import { embeddedDriver } from './embedded/start-embedded.ts';
import type { EnvironmentDriver } from './environment-driver.ts';

export interface ChosenEnvironment {
  driver: EnvironmentDriver;
  /** For people: stored with the run and shown in the report. */
  reason: string;
}

const drivers: Partial<Record<EnvironmentKind, EnvironmentDriver>> = { embedded: embeddedDriver };

/** Rejects with ENVIRONMENT_REFUSED for a kind that this version does not have. A promise, because an engine has to be asked. */
export function chooseEnvironment(wanted: EnvironmentKind | 'auto'): Promise<ChosenEnvironment> {
  return new Promise((resolve) => {
    if (wanted !== 'auto') resolve({ driver: driverOf(wanted), reason: `asked for with --environment ${wanted}` });
    resolve({ driver: embeddedDriver, reason: 'auto: this version has no other kind yet' });
  });
}

/** The driver of a kind, for a system that runs already. */
export function driverOf(kind: EnvironmentKind): EnvironmentDriver {
  const driver = drivers[kind];
  if (driver !== undefined) return driver;
  throw new SignoffError('ENVIRONMENT_REFUSED', `the environment "${kind}" is not available yet in this version`, {
    hint: `Use --environment ${Object.keys(drivers).join(' or ')}, or leave it out.`,
  });
}
