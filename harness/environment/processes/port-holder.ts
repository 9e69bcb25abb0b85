/** Finds the process that listens on a TCP port of this machine, as far as the system tells us. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface PortHolder {
  pid: number;
  command: string;
}

/** State of a listening socket in /proc/net/tcp. */
const LISTENING = '0A';

async function listeningSockets(port: number): Promise<Set<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => ''); // no IPv6: no such table
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(`:${wanted}`) && state === LISTENING && inode) sockets.add(`socket:[${inode}]`);
    }
  }
  return sockets;
}

async function holdsOne(pid: string, sockets: Set<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []); // another user's process, or one just gone
  for (const descriptor of descriptors) {
    const target = await readlink(`${folder}/${descriptor}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

async function findInProc(port: number): Promise<PortHolder | null> {
  const sockets = await listeningSockets(port);
  if (sockets.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsOne(pid, sockets))) continue;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
    return { pid: Number(pid), command: command.slice(0, 80) };
  }
  return null;
}

async function askLsof(port: number): Promise<PortHolder | null> {
  const answer = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']).catch(() => null);
  const pid = answer?.stdout.match(/^p(\d+)/m)?.[1];
  const command = answer?.stdout.match(/^c(.+)/m)?.[1];
  return pid === undefined ? null : { pid: Number(pid), command: command ?? 'unknown' };
}

/** null when nobody listens there, or when the system does not let us see who. */
export async function findPortHolder(port: number): Promise<PortHolder | null> {
  return process.platform === 'linux' ? findInProc(port) : askLsof(port);
}
