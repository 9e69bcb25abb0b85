/** Describes the engine that runs a system's containers, as far as it bears on the figures: the same machine gives the same text. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { EngineDescription } from '../../model/environment.ts';
import type { System } from '../../model/system.ts';
import { type Docker, findEngine } from './engine.ts';

/** Docker Engine API, GET /info. CgroupVersion and CgroupDriver are absent on Windows. */
const infoSchema = z.object({
  ServerVersion: z.string(),
  CgroupVersion: z.string().default('unknown'),
  CgroupDriver: z.string().default('unknown'),
  Driver: z.string(),
  OperatingSystem: z.string(),
});
const versionSchema = z.object({ Components: z.array(z.object({ Name: z.string() })).optional() });

/** Rejects with ENGINE_UNUSABLE where none answers. */
export async function describeEngine(system: System): Promise<EngineDescription> {
  const { docker, composeVersion } = await findEngine();
  const info = infoSchema.parse(await docker.info());
  return {
    name: await readName(docker),
    version: info.ServerVersion,
    composeVersion,
    cgroupVersion: info.CgroupVersion,
    cgroupDriver: info.CgroupDriver,
    storageDriver: info.Driver,
    operatingSystem: info.OperatingSystem,
    userlandProxy: seesUserlandProxy([system.postgres.port, system.redis.port]),
  };
}

/** Podman names itself as a component; Docker calls its own "Engine". */
async function readName(docker: Docker): Promise<string> {
  const { Components: components = [] } = versionSchema.parse(await docker.version());
  return components.some(({ Name }) => Name.startsWith('Podman')) ? 'podman' : 'docker';
}

/**
 * Docker's proxy for published ports carries what comes by the loopback (its rules for forwarding leave that out). null
 * where no process of the engine can be seen.
 */
function seesUserlandProxy(ports: readonly number[]): boolean | null {
  if (process.platform !== 'linux') return null;
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine);
  const runs = (program: string, argv: readonly string[]) => (argv[0] ?? '').split('/').at(-1) === program;
  if (!commands.some((argv) => runs('dockerd', argv))) return null;
  const proxied = commands
    .filter((argv) => runs('docker-proxy', argv))
    .map((argv) => Number(argv[argv.indexOf('-host-port') + 1]));
  return ports.every((port) => proxied.includes(port));
}

/** Empty for a process that has ended between two reads. */
function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
