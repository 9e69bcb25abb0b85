/** Texts by which a tenant's data is known wherever it turns up: its id, its canary and the ids of its users and rows. */
import type { ManifestTenant } from '../../../model/manifest.ts';

export function marksOf({ id, canary, users, samples }: ManifestTenant): string[] {
  return [id, canary, ...users.map((user) => user.id), ...Object.values(samples).flat()];
}

/** How many of the marks are in it. */
export function marksIn(text: string, marks: readonly string[]): number {
  return marks.filter((mark) => text.includes(mark)).length;
}
