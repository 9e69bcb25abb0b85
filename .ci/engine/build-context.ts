/** Puts together the folder that a stand-in image is built from, and tells by one hash what is in it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, lstat, mkdir, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { provisionTool } from '../../harness/environment/tools/provision-tools.ts';
import { root } from '../steps.ts';
import { runProgram } from './run-program.ts';
import { postgresPackage, type StandIn } from './stand-ins.ts';

/** npm of the Node image, with the hash that the registry gave for it when it was chosen. */
const NPM = {
  version: '11.21.2',
  integrity: 'sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==',
};

export interface ContextOptions {
  tell: (message: string) => void;
  signal: AbortSignal;
}

/** What a file or folder of the context is copied from; the Dockerfile finds it by its name. */
type Sources = Record<string, string>;

export async function sourcesOf({ name }: StandIn, options: ContextOptions): Promise<Sources> {
  const own = path.join(root, '.ci', 'stand-ins', name);
  const sources: Sources = {};
  for (const file of await readdir(own)) sources[file] = path.join(own, file);
  const modules = path.join(root, 'node_modules');
  if (name === 'postgres') sources.native = path.join(modules, postgresPackage(), 'native');
  if (name === 'vault') sources.vault = await locateVault(options);
  if (name === 'node') {
    sources.node = path.join(modules, 'node', 'bin', 'node');
    sources['ca-certificates.crt'] = process.env.NODE_EXTRA_CA_CERTS ?? '/etc/ssl/certs/ca-certificates.crt';
  }
  return sources;
}

async function locateVault({ tell, signal }: ContextOptions): Promise<string> {
  const tool = await provisionTool('vault', {
    signal,
    progress: (event) => {
      if (event.kind === 'stage') tell(event.title);
      if (event.kind === 'step' || event.kind === 'warning') tell(event.message);
    },
  });
  return tool.path;
}

/** Changes when anything that goes into the image changes. */
export async function hashOf(sources: Sources, base: string): Promise<string> {
  const hash = createHash('sha256').update(`${base}\n${NPM.integrity}\n`);
  for (const name of Object.keys(sources).sort()) await hashPath(hash, sources[name] ?? '', name);
  return hash.digest('hex').slice(0, 24);
}

async function hashPath(hash: ReturnType<typeof createHash>, place: string, name: string): Promise<void> {
  const about = await lstat(place);
  hash.update(`${name} ${about.mode.toString(8)} ${about.size}\n`);
  if (about.isSymbolicLink()) hash.update(await readlink(place));
  else if (about.isDirectory()) {
    for (const entry of (await readdir(place)).sort())
      await hashPath(hash, path.join(place, entry), `${name}/${entry}`);
  } else {
    for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
  }
}

export async function fillContext(folder: string, sources: Sources, options: ContextOptions): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(sources)) {
    await cp(source, path.join(folder, name), { recursive: true, verbatimSymlinks: true });
  }
  if (sources.node !== undefined) await addNpm(folder, options.signal);
}

async function addNpm(folder: string, signal: AbortSignal): Promise<void> {
  await runProgram('npm', ['pack', `npm@${NPM.version}`, '--pack-destination', folder, '--loglevel=error'], { signal });
  const archive = path.join(folder, `npm-${NPM.version}.tgz`);
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`;
  if (integrity !== NPM.integrity)
    throw new Error(`npm ${NPM.version} of the registry is not the one that was chosen: ${integrity}`);
  const target = path.join(folder, 'npm');
  await mkdir(target);
  await runProgram('tar', ['-xzf', archive, '-C', target, '--strip-components=1'], { signal });
}
