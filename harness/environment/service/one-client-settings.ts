/** Settings of the service for a machine that plays all of its clients: their failed logins would be one attacker's. */
import { readFileSync } from 'node:fs';

const limitPerNetwork = 'LOGIN_RATE_PER_NETWORK';

/**
 * Empty for a build of before the setting, which would refuse it; a bundle has the names of its settings in its text.
 * `entry` is the bundle, or undefined for the program of this tree.
 */
export function oneClientSettings(entry: string | undefined): Record<string, string> {
  const isKnown = entry === undefined || readFileSync(entry, 'utf8').includes(limitPerNetwork);
  return isKnown ? { [`ALPHAPULSE_${limitPerNetwork}`]: '0' } : {};
}
