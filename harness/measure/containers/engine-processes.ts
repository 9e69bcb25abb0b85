/** The engine's own processes that work for our containers: its daemons, the shims of our containers, the proxies of our ports. */
import { readdirSync, readFileSync } from 'node:fs';
import type { System } from '../../model/system.ts';

/** Whose they are cannot be told apart: one machine has one engine, as a rule. */
const DAEMONS = ['dockerd', 'containerd', 'rootlesskit', 'slirp4netns'];
const PROXIES = ['docker-proxy', 'rootlesskit-docker-proxy'];

export interface Ours {
  containerIds: readonly string[];
  ports: readonly number[];
}

export function oursOf(system: System): Ours {
  const addresses = [system.vault.address, ...system.services.map(({ url }) => url)];
  return {
    containerIds: system.containers.map(({ id }) => id),
    ports: [system.postgres.port, system.redis.port, ...addresses.map((address) => Number(new URL(address).port))],
  };
}

/** Empty where the engine's processes cannot be seen: elsewhere, in a virtual machine, in another namespace. */
export function findEngineProcesses(ours: Ours): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isEngineProcess(commandLine(name), ours))
    .map(Number);
}

export function isEngineProcess(argv: readonly string[], { containerIds, ports }: Ours): boolean {
  const program = (argv[0] ?? '').split('/').at(-1) ?? '';
  const valueOf = (flag: string): string | undefined => argv[argv.indexOf(flag) + 1];
  if (DAEMONS.includes(program)) return true;
  if (program.startsWith('containerd-shim')) return argv.includes('-id') && containerIds.includes(valueOf('-id') ?? '');
  return PROXIES.includes(program) && argv.includes('-host-port') && ports.includes(Number(valueOf('-host-port')));
}

/** A process may end between two reads; a kernel thread has no command line. */
function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return [];
    throw error;
  }
}
