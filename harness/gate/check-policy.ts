/** What a policy must fulfil beside its form: entries that only mean something together. */
import type { Thresholds } from '../model/thresholds.ts';
import { showGiven } from './show-given.ts';

type Entry = Record<string, unknown>;

/** `data`: as it stands in the file, whatever it is. */
export function checkTogether(data: unknown): string[] {
  const claims = entriesOf((data as Partial<Thresholds> | null)?.claims);
  return claims.flatMap(([id, entry]) =>
    ['limitRatio', 'floor'].flatMap((key) =>
      entry[key] === undefined || entry['relativeTo'] !== undefined
        ? []
        : [`claims.${id}.${key} is ${showGiven(entry[key])}; allowed: only beside relativeTo`],
    ),
  );
}

function entriesOf(section: unknown): [string, Entry][] {
  if (typeof section !== 'object' || section === null) return [];
  return Object.entries(section).filter((pair): pair is [string, Entry] => {
    const entry: unknown = pair[1];
    return typeof entry === 'object' && entry !== null;
  });
}
