/**
 * Reads the variables of a script (`k6 run -e NAME=value`); what cannot be right is refused before any load, by name.
 */

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The text of a variable; an empty one counts as not given. */
export function textVariable(name: string, fallback: string): string {
  const given = __ENV[name];
  return given === undefined || given === '' ? fallback : given;
}

/** A number of at least `minimum`. */
export function numberVariable(name: string, fallback: number, minimum = 0): number {
  const text = textVariable(name, String(fallback));
  const value = Number(text);
  if (!Number.isFinite(value) || value < minimum) {
    throw new Error(`-e ${name}=${text}: expected a number of at least ${minimum}`);
  }
  return value;
}

/** A whole number of at least `minimum`. */
export function countVariable(name: string, fallback: number, minimum = 1): number {
  const value = numberVariable(name, fallback, minimum);
  if (!Number.isInteger(value)) throw new Error(`-e ${name}=${value}: expected a whole number`);
  return value;
}

/** A duration such as 500ms, 30s, 5m or 1h, in milliseconds. */
export function durationVariable(name: string, fallback: string, minimumMs = 0): number {
  const text = textVariable(name, fallback);
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const valueMs = Number(match?.[1]) * (MILLISECONDS[match?.[2] ?? ''] ?? Number.NaN);
  if (!(valueMs >= minimumMs)) {
    throw new Error(`-e ${name}=${text}: expected a duration such as 500ms, 30s, 5m or 1h, at least ${minimumMs}ms`);
  }
  return Math.round(valueMs);
}

/** The address of a service, without a slash at its end. */
export function addressVariable(name: string, fallback: string): string {
  return address(name, textVariable(name, fallback));
}

/** ARMS: the address of every arm, as JSON. Without it the one service at BASE_URL, under the name ARM. */
export function armAddresses(): Record<string, string> {
  const text = textVariable('ARMS', '');
  if (text === '') return { [textVariable('ARM', 'rls')]: addressVariable('BASE_URL', 'http://127.0.0.1:3000') };
  let arms: unknown;
  try {
    arms = JSON.parse(text);
  } catch (error) {
    throw new Error(`-e ARMS=${text}: not JSON (${String(error)}); expected {"rls":"http://…","filter":"http://…"}`, {
      cause: error,
    });
  }
  const entries = Object.entries(arms as Record<string, unknown>);
  if (entries.length === 0) throw new Error('-e ARMS={}: expected at least one arm');
  return Object.fromEntries(entries.map(([arm, url]) => [arm, address(`ARMS.${arm}`, String(url))]));
}

function address(name: string, text: string): string {
  if (!/^https?:\/\/[^/\s]+\/?$/.test(text))
    throw new Error(`-e ${name}=${text}: expected an address such as http://127.0.0.1:3000`);
  return text.replace(/\/$/, '');
}
