/** Downloads Debian packages, verified by Debian's keys, without touching this machine's own package lists. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { KEYRING, MIRROR, SUITE } from './debian.ts';
import { runProgram } from './run-program.ts';

/** Unpacks the packages into `target`. Needs apt and dpkg, no root. */
export async function unpackPackages(packages: string[], target: string, signal: AbortSignal): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-apt-'));
  try {
    const environment = { ...process.env, APT_CONFIG: await writePrivateApt(folder) };
    await runProgram('apt-get', ['update'], { environment, signal });
    // One argument list, so that a missing package fails before anything is unpacked.
    await runProgram('apt-get', ['download', ...packages], { environment, signal, cwd: folder });
    const files = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
    for (const file of files) await runProgram('dpkg-deb', ['--extract', path.join(folder, file), target], { signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** apt.conf(5): every folder of its own, one source, and only Debian's keys. */
async function writePrivateApt(folder: string): Promise<string> {
  await mkdir(path.join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(path.join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  await writeFile(path.join(folder, 'status'), '');
  await writeFile(path.join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${MIRROR} ${SUITE} main\n`);
  const settings = [
    `Dir::State "${folder}";`,
    `Dir::State::status "${folder}/status";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Etc::sourcelist "${folder}/sources.list";`,
    'Dir::Etc::sourceparts "-";',
    'Acquire::AllowInsecureRepositories "false";',
    'APT::Get::AllowUnauthenticated "false";',
    // The folder is ours alone; the user _apt could not write here.
    'APT::Sandbox::User "root";',
  ];
  const file = path.join(folder, 'apt.conf');
  await writeFile(file, `${settings.join('\n')}\n`);
  return file;
}
