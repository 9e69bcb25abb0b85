/** What one policy has otherwise than another, an entry a line: `claims.CMP-TAIL.margin 1.2 → 2`. */

/** Both as their files have them, whether they are valid or not. Where an editor finds its schema is no part of a policy. */
export function policyChanges(from: unknown, to: unknown): string[] {
  const [before, after] = [entriesOf(withoutSchema(from)), entriesOf(withoutSchema(to))];
  const places = [...new Set([...before.keys(), ...after.keys()])];
  return places
    .map((place) => ({ place, was: before.get(place) ?? 'none', is: after.get(place) ?? 'none' }))
    .filter(({ was, is }) => was !== is)
    .map(({ place, was, is }) => `${place} ${was} → ${is}`);
}

function withoutSchema(policy: unknown): unknown {
  return isObject(policy) ? Object.fromEntries(Object.entries(policy).filter(([key]) => key !== '$schema')) : policy;
}

/** Lists are values: one of conditions reads best whole. */
function entriesOf(value: unknown, place = ''): Map<string, string> {
  if (!isObject(value)) return new Map([[place === '' ? 'the file' : place, JSON.stringify(value)]]);
  const below = Object.entries(value).map(([key, each]) => entriesOf(each, place === '' ? key : `${place}.${key}`));
  return new Map(below.flatMap((entries) => [...entries]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
