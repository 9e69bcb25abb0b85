/** Makes the base of the stand-in images: one minimal Debian, by debootstrap, without what no server reads. */
import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { KEYRING, MIRROR, SUITE } from './debian.ts';
import type { ImageOptions } from './image-options.ts';
import { runProgram } from './run-program.ts';

/** dpkg(1): what later packages do not bring either. Licences stay. */
const LEFT_OUT = [
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/locale/*',
].join('\n');

const CLEANING = `
cd "$1"
find usr/share/doc -type f ! -name copyright -delete
find usr/share/doc -depth -type d -empty -delete
rm -rf usr/share/man/* usr/share/info/* usr/share/locale/* var/lib/apt/lists/* var/cache/apt/* var/cache/debconf/*-old var/log/* debootstrap
rm -f etc/resolv.conf etc/hostname
`;

/** Named for how it is made: another recipe is another image. */
const recipe = createHash('sha256').update([SUITE, MIRROR, LEFT_OUT, CLEANING].join('\n')).digest('hex').slice(0, 12);
export const baseImage = `signoff-stand-in/debian:${SUITE}-${recipe}`;

/** Needs root and debootstrap; half a minute with a near mirror. */
export async function bootstrapDebian({ environment, tell, signal }: ImageOptions): Promise<void> {
  const startedAt = performance.now();
  tell(`bootstrap a minimal Debian (${SUITE}) as the stand-ins’ base`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-debian-'));
  const rootFolder = path.join(folder, 'root');
  try {
    await mkdir(rootFolder);
    const settings = ['--variant=minbase', `--keyring=${KEYRING}`, '--force-check-gpg'];
    // In a mount namespace of its own: what debootstrap mounts is gone with it, however it ends.
    await runProgram('unshare', ['--mount', 'debootstrap', ...settings, SUITE, rootFolder, MIRROR], {
      environment,
      signal,
    });
    await writeFile(path.join(rootFolder, 'etc/dpkg/dpkg.cfg.d/signoff'), `${LEFT_OUT}\n`);
    await runProgram('sh', ['-euc', CLEANING, 'sh', rootFolder], { signal });
    const archive = path.join(folder, 'root.tar');
    await runProgram('tar', ['--numeric-owner', '-C', rootFolder, '-cf', archive, '.'], { signal });
    const change = ['--change', 'LABEL signoff.stand-in=base', '--change', 'CMD ["sh"]'];
    await runProgram('docker', ['import', ...change, archive, baseImage], { environment, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  tell(`bootstrapped in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
