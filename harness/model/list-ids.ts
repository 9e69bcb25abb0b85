/** Names in a sentence: busy-cpu, extra-query and slow-tenant. */
export function listIds(ids: readonly string[]): string {
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}
