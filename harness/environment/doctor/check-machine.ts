/** Node, cores, memory, file limit and account: what the machine itself must offer. */
import os from 'node:os';
import type { Prerequisite } from '../../model/run-record.ts';
import { SignoffError } from '../../model/errors.ts';
import { chooseServerUser } from '../processes/server-user.ts';
import { runCommand } from '../processes/run-command.ts';
import { compareVersions } from '../tools/check-version.ts';
import { formatGigabytes, GIGABYTE } from './gigabytes.ts';

/** Runs TypeScript without a flag; package.json pins it. */
const OLDEST_NODE = '24.0.0';
/** One core for the servers and one for the generator, or the generator's own work is measured. */
const FEWEST_CORES = 2;
/** Postgres with 256 MB of buffers, three services, k6 with 500 users, Vault and Redis: about 1.5 GB together. */
const LEAST_MEMORY = 2 * GIGABYTE;
/** 500 users, their connections on the other side, and the servers' own files. */
const LEAST_FILES = 4_096;

export function checkNode(): Prerequisite {
  const version = process.versions.node;
  const ok = compareVersions(version, OLDEST_NODE) >= 0;
  const fix = ok ? null : 'npm ci && npm start   # installs Node 24 as a dependency and hands over to it';
  return { id: 'node', title: 'Node', ok, found: `version ${version}`, where: process.execPath, fix };
}

export function checkCpu(): Prerequisite {
  const cores = os.availableParallelism();
  const ok = cores >= FEWEST_CORES;
  const fix = ok ? null : `give this machine or container ${FEWEST_CORES} cores (docker run --cpus ${FEWEST_CORES})`;
  return {
    id: 'cpu',
    title: 'CPU',
    ok,
    found: `${cores} cores, ${os.cpus()[0]?.model.trim() ?? 'unknown model'}`,
    where: null,
    fix,
  };
}

export function checkMemory(): Prerequisite {
  const limit = process.constrainedMemory();
  const total = limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
  const available = Math.min(process.availableMemory(), total);
  const ok = available >= LEAST_MEMORY;
  const found = `${formatGigabytes(available)} of ${formatGigabytes(total)} available`;
  const fix = ok
    ? null
    : `end other programs until ${formatGigabytes(LEAST_MEMORY)} are available: ps aux --sort=-rss | head`;
  return { id: 'memory', title: 'Memory', ok, found, where: null, fix };
}

/** As a child gets it: Node raises its own limit to the hard one, and children inherit that. */
export async function checkFileLimit(): Promise<Prerequisite> {
  const { stdout } = await runCommand({ command: 'sh', args: ['-c', 'ulimit -n'] });
  const limit = stdout.trim() === 'unlimited' ? Infinity : Number(stdout.trim());
  const ok = limit >= LEAST_FILES;
  const found = `${limit === Infinity ? 'any number of' : limit} open files a process`;
  return {
    id: 'file-limit',
    title: 'File limit',
    ok,
    found,
    where: null,
    fix: ok ? null : `ulimit -Hn 65536 && ulimit -n 65536   # as root, or in limits.conf`,
  };
}

export function checkAccount(): Prerequisite {
  const base = { id: 'account', title: 'Account of servers', where: null };
  try {
    const user = chooseServerUser();
    const found = user === null ? 'servers run as you' : `you are root: servers run as uid ${user.uid} (nobody)`;
    return { ...base, ok: true, found, fix: null };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    return { ...base, ok: false, found: error.message, fix: error.hint };
  }
}
