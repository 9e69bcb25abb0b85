/** The containers of every block, or why they are not known: a containerised run in which none was watched is not known. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { ContainerUse } from '../../model/container-use.ts';
import type { Environment } from '../../model/environment.ts';
import { readArtefact } from './read-artefact.ts';

export function hasContainers(environment: Environment): boolean {
  return environment.kind === 'containers';
}

export function watchedContainers(
  blocks: readonly MeasuredBlock[],
  environment: Environment,
): { containers: ContainerUse[] } | { unreadable: string } {
  const lists = readArtefact(blocks, 'containers');
  if ('unreadable' in lists) return lists;
  if (hasContainers(environment) && lists.values.some((list) => list.length === 0)) {
    return { unreadable: 'the servers ran in containers, and none was watched' };
  }
  return { containers: lists.values.flat() };
}

/** "postgres (2), vault": who, and how often where it is more than once. */
export function nameEach(containers: readonly ContainerUse[], countOf: (container: ContainerUse) => number): string {
  const counts = new Map<string, number>();
  for (const one of containers) {
    const count = countOf(one);
    if (count > 0) counts.set(one.name, (counts.get(one.name) ?? 0) + count);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ');
}
