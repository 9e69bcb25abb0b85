/** Finds out what a REF names: the URL of a running service, a folder with a reference-service, or a git revision; in this order. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import { findRevision } from './git-revision.ts';

export type ClassifiedRef =
  { kind: 'url'; url: URL } | { kind: 'folder'; folder: string } | { kind: 'revision'; commit: string };

export interface RefPlaces {
  /** The project's folder; its repository knows the revisions. */
  root: string;
  /** The folder that relative paths start from. */
  workingDirectory: string;
}

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Whether it names a service that runs already: anything with a scheme, so that a mistake in a URL is told as one. */
export function isUrl(ref: string): boolean {
  return scheme.test(ref);
}

/** Rejects with BAD_ARGUMENT that names all that was tried. */
export async function classifyRef(ref: string, { root, workingDirectory }: RefPlaces): Promise<ClassifiedRef> {
  if (isUrl(ref)) return { kind: 'url', url: parseServiceUrl(ref) };
  const folder = path.resolve(workingDirectory, ref);
  const asFolder = await lookAtFolder(folder);
  if (asFolder === null) return { kind: 'folder', folder };
  const revision = await findRevision(root, ref);
  if ('commit' in revision) return { kind: 'revision', commit: revision.commit };
  throw new SignoffError('BAD_ARGUMENT', `"${ref}" names no build: no URL, ${asFolder}, ${revision.why}`, {
    hint: 'REF is a git revision (main, HEAD~1, a hash), a folder with a reference-service in it, or the URL of a running service.',
  });
}

/** null: a folder that can be built; else why it is none. */
async function lookAtFolder(folder: string): Promise<string | null> {
  if (!(await isThere(folder))) return `no folder ${folder}`;
  const program = path.join('reference-service', 'server.ts');
  return (await isThere(path.join(folder, program))) ? null : `a folder without ${program}`;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return false;
    throw error;
  }
}

/** Load goes to this machine only: one may not press on somebody else's by a slip of the hand. */
function parseServiceUrl(ref: string): URL {
  if (!URL.canParse(ref)) throw new SignoffError('BAD_ARGUMENT', `"${ref}" is not a URL that can be read`);
  const url = new URL(ref);
  if (!['http:', 'https:'].includes(url.protocol)) {
    throw new SignoffError('BAD_ARGUMENT', `"${ref}": a service is reached by http or https, not by ${url.protocol}`);
  }
  if (url.href !== `${url.origin}/`) {
    throw new SignoffError('BAD_ARGUMENT', `"${ref}": only scheme, host and port; the paths are the service's own`, {
      hint: `Did you mean ${url.origin}?`,
    });
  }
  if (!isLoopback(url.hostname)) {
    throw new SignoffError('BAD_ARGUMENT', `"${ref}" is another machine: load goes to loopback only`, {
      hint: 'Run signoff on the machine of the services, or forward a port of this one (ssh -L).',
    });
  }
  return url;
}

/** Names could resolve to anything: only the one that RFC 6761 reserves, and addresses. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
