/** The local TCP ports of a process, so that its sessions can be told from those of others in the server's list. */
import { readFile, readdir, readlink } from 'node:fs/promises';

/** null where the process is not ours to see. Source of the formats: proc(5). */
export async function localPorts(pid: number | null): Promise<number[] | null> {
  if (pid === null || process.platform !== 'linux') return null;
  try {
    const folder = `/proc/${pid}/fd`;
    const links = await Promise.all((await readdir(folder)).map((name) => readLinkIfThere(`${folder}/${name}`)));
    const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
    const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')));
    return tables.flatMap((table) => table.split('\n')).flatMap((line) => portOf(line, inodes));
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** A descriptor may be closed between the listing and the reading. */
async function readLinkIfThere(path: string): Promise<string> {
  try {
    return await readlink(path);
  } catch (error) {
    if (isRefusal(error)) return '';
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EPERM', 'ESRCH'].includes(String(error.code))
  );
}

/** Columns: sl, local address:port in hexadecimal, remote, state, queues, timer, retransmits, uid, timeout, inode. */
function portOf(line: string, inodes: ReadonlySet<string>): number[] {
  const fields = line.trim().split(/\s+/);
  const [, local = ''] = fields;
  const port = Number.parseInt(local.split(':')[1] ?? '', 16);
  return inodes.has(fields[9] ?? '') && Number.isInteger(port) ? [port] : [];
}
