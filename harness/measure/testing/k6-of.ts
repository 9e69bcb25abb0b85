/**
 * Finds k6 among the children of a process: the block does not tell its process id, and a test must not guess by name
 * alone.
 */
import { readFileSync, readdirSync } from 'node:fs';

/** Process ids of k6 whose parent is `parentPid`. */
export function k6Of(parentPid: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isK6Of(pid, parentPid));
}

function isK6Of(pid: number, parentPid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return stat.includes('(k6)') && Number(parent) === parentPid && state !== 'Z';
  } catch (error) {
    // It ended between the listing and the reading.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
