/** Stops an engine of ours and removes what it leaves: its children, mounts, network and folder. Also after a kill -9. */
import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { identifyProcess } from '../../harness/environment/processes/process-identity.ts';
import { stopProcess } from '../../harness/environment/processes/stop-process.ts';
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { removeNetwork, networkSchema } from './network-traces.ts';

export const engineStateSchema = z.object({
  pid: z.int().positive(),
  startTime: z.string(),
  /** Of its socket, its log and its run-time state. */
  folder: z.string().startsWith('/run/signoff-engine-'),
  data: z.string(),
  /** As it was before. */
  network: networkSchema,
});
export type EngineState = z.infer<typeof engineStateSchema>;

/** dockerd itself gives containers 15 s to end. */
const STOP_GRACE_MS = 45_000;
const CHILD_GRACE_MS = 5_000;
/** Made by containerd and dockerd wherever their own folders are; ours to remove when no other engine has been here. */
const SHARED_FOLDERS = ['/run/containerd/s', '/run/containerd', '/run/docker/plugins', '/run/docker'];

export async function removeEngine(state: EngineState, stateFile: string): Promise<void> {
  await stopProcess(state, { signal: 'SIGTERM', graceMs: STOP_GRACE_MS });
  await stopOrphans(state.folder);
  await unmountBelow(state.folder);
  await unmountBelow(state.data);
  await removeNetwork(state.network);
  if (!state.network.hadBridge) for (const place of SHARED_FOLDERS) removeEmpty(place);
  await rm(state.folder, { recursive: true, force: true });
  await rm(stateFile, { force: true });
}

/**
 * A dockerd that ended in order leaves nobody. One that was killed leaves containerd and its shims, which name the run
 * folder in their arguments, and what runs in the containers, in control groups named for them. Port proxies go by themselves.
 */
async function stopOrphans(folder: string): Promise<void> {
  const ours = everyProcess().filter((pid) => read(pid, 'cmdline').includes(folder));
  const containers = ours.flatMap((pid) => /\0-id\0([0-9a-f]{64})\0/.exec(read(pid, 'cmdline'))?.[1] ?? []);
  const inContainer = (pid: number) => containers.some((id) => read(pid, 'cgroup').includes(id));
  for (const pid of [...ours, ...everyProcess().filter(inContainer)]) {
    const identity = identifyProcess(pid);
    if (identity !== null) await stopProcess(identity, { signal: 'SIGKILL', graceMs: CHILD_GRACE_MS });
  }
}

function everyProcess(): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => pid !== process.pid);
}

function read(pid: number, file: 'cmdline' | 'cgroup'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}

function removeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Deepest first. dockerd mounts its data folder on itself, and a killed one leaves the file systems of its containers. */
async function unmountBelow(folder: string): Promise<void> {
  const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const points = lines.map((line) => line.split(' ')[1] ?? '').filter((point) => `${point}/`.startsWith(`${folder}/`));
  for (const point of points.reverse()) {
    const outcome = await runCommand({ command: 'umount', args: ['--lazy', point] });
    if (outcome.exitCode !== 0) throw new Error(`umount ${point}: ${outcome.tail.join(' ')}`);
  }
}
