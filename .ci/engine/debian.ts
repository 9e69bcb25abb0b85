/** What we need to know of Debian: whether this is one, whose keys it trusts, and where its packages are. */
import { existsSync, readFileSync } from 'node:fs';

/** The release that the stand-ins and Compose come from, whatever release this machine has. */
export const SUITE = 'trixie';
export const MIRROR = 'http://deb.debian.org/debian';

/** All keys that the package debian-archive-keyring holds; apt and debootstrap accept nothing else. */
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const SUITE_KEYRING = `/usr/share/keyrings/debian-archive-${SUITE}-stable.gpg`;

/** os-release(5) of this machine says Debian itself, not a derivative: package names and keys are known for no other. */
export function isDebian(osRelease = '/etc/os-release'): boolean {
  return existsSync(osRelease) && /^ID="?debian"?$/m.test(readFileSync(osRelease, 'utf8'));
}

/** An older debian-archive-keyring does not know the suite yet; its newer version comes signed with keys this machine has. */
export function knowsSuiteKeys(): boolean {
  return existsSync(KEYRING) && existsSync(SUITE_KEYRING);
}
