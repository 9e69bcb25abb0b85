/** Installs what an engine and the stand-ins' base need from the distribution, where it is missing. */
import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { searchPath } from '../../harness/environment/tools/locate-tool.ts';
import { knowsSuiteKeys } from './debian.ts';
import { runProgram } from './run-program.ts';

export interface InstallOptions {
  tell: (message: string) => void;
  signal: AbortSignal;
}

/** Programs by the package that brings them. dockerd finds the others itself. */
const ENGINE = { dockerd: 'docker.io', iptables: 'iptables', ip: 'iproute2' };
const BOOTSTRAP = { debootstrap: 'debootstrap' };
/** Root's PATH does not always have these, and dockerd looks for iptables in PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** PATH with the folders of system programs. */
export function systemPath(environment: NodeJS.ProcessEnv = process.env): string {
  const folders = (environment.PATH ?? '/usr/bin:/bin').split(':');
  return [...folders, ...SYSTEM_FOLDERS.filter((folder) => !folders.includes(folder))].join(':');
}

export async function installEngine(options: InstallOptions): Promise<void> {
  const packages = await missing(ENGINE);
  // A kernel with AppArmor makes the engine load its profile by this program.
  if (existsSync('/sys/module/apparmor') && (await missing({ apparmor_parser: 'apparmor' })).length > 0) {
    packages.push('apparmor');
  }
  await install(packages, options);
}

export async function installBootstrap(options: InstallOptions): Promise<void> {
  const packages = await missing(BOOTSTRAP);
  if (!knowsSuiteKeys()) packages.push('debian-archive-keyring');
  await install(packages, options);
  if (!knowsSuiteKeys())
    throw new Error(
      'debian-archive-keyring of this release does not hold the keys of the release that the stand-ins are made of',
    );
}

async function missing(programs: Record<string, string>): Promise<string[]> {
  const packages: string[] = [];
  for (const [program, name] of Object.entries(programs)) {
    if ((await searchPath([program], systemPath())).length === 0) packages.push(name);
  }
  return packages;
}

async function install(packages: string[], { tell, signal }: InstallOptions): Promise<void> {
  if (packages.length === 0) return;
  tell(`apt-get install ${packages.join(' ')}`);
  const environment = { ...process.env, PATH: systemPath(), DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '--yes', '--no-install-recommends', ...packages];
  await withoutStartingServices(async () => {
    // Lists may be absent (images are delivered so) or old (then a version they name is gone from the mirror).
    if ((await runCommand({ command: 'apt-get', args, env: environment, signal })).exitCode === 0) return;
    await runProgram('apt-get', ['update'], { environment, signal });
    await runProgram('apt-get', args, { environment, signal });
  });
}

const POLICY = '/usr/sbin/policy-rc.d';

/** invoke-rc.d(8): a policy of 101 forbids packages to start their service; the engine is ours to start and to stop. */
async function withoutStartingServices(action: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return action();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n');
  await chmod(POLICY, 0o755);
  try {
    await action();
  } finally {
    await rm(POLICY, { force: true });
  }
}
