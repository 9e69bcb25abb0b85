/** Free space where the system's data goes and where tools are built. */
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Prerequisite } from '../../model/run-record.ts';
import { stateRootPath } from '../state/state-root.ts';
import { toolCacheRoot } from '../tools/tool-cache.ts';
import type { ToolDefinition } from '../tools/tool.ts';
import { formatGigabytes, GIGABYTE } from './gigabytes.ts';

/** Data and indices of 100 tenants × 5,000 rows, up to 2 GB of WAL, logs. */
const LEAST_TEMPORARY = 3 * GIGABYTE;
const LEAST_CACHE = 0.5 * GIGABYTE;

export function checkDisks(environment: NodeJS.ProcessEnv, needsBuild: readonly ToolDefinition[]): Prerequisite[] {
  const build = needsBuild.reduce((sum, tool) => sum + (tool.build?.diskBytes ?? 0), 0);
  const why = needsBuild.length === 0 ? '' : ` to build ${needsBuild.map(({ title }) => title).join(' and ')}`;
  return [
    describeDisk({
      id: 'disk-temporary',
      title: 'Disk for data',
      folder: stateRootPath(),
      least: LEAST_TEMPORARY,
      why: '',
      variable: 'TMPDIR',
    }),
    describeDisk({
      id: 'disk-cache',
      title: 'Disk for tools',
      folder: toolCacheRoot(environment),
      least: LEAST_CACHE + build,
      why,
      variable: 'XDG_CACHE_HOME',
    }),
  ];
}

interface Disk {
  id: string;
  title: string;
  folder: string;
  least: number;
  why: string;
  variable: string;
}

function describeDisk({ id, title, folder, least, why, variable }: Disk): Prerequisite {
  const place = existingParent(folder);
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const ok = free >= least;
  const found = `${formatGigabytes(free)} free${ok ? '' : `; ${formatGigabytes(least)} are needed${why}`}`;
  return {
    id,
    title,
    ok,
    found,
    where: place,
    fix: ok ? null : `export ${variable}=<a folder on a larger disk>   # df -h lists them`,
  };
}

function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(path.dirname(folder));
}
