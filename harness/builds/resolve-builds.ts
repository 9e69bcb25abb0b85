/** Resolves the two builds of a comparison: both are built here, or both run already. */
import { SignoffError } from '../model/errors.ts';
import { classifyRef, type RefPlaces } from './classify-ref.ts';
import { resolveBuild, type ResolvedBuild, type ResolveOptions } from './resolve-build.ts';

export interface ComparedRefs {
  base: string;
  candidate: string;
}

export interface ResolvedBuilds {
  base: ResolvedBuild;
  candidate: ResolvedBuild;
}

/** Rejects with BAD_ARGUMENT before anything is built where one of them, or the two together, cannot be compared. */
export async function resolveBuilds(refs: ComparedRefs, options: ResolveOptions): Promise<ResolvedBuilds> {
  await requireComparable(refs, options);
  const resolved = {
    base: await resolveBuild(refs.base, options),
    candidate: await resolveBuild(refs.candidate, options),
  };
  const { contentHash } = resolved.base.build;
  if (contentHash !== null && contentHash === resolved.candidate.build.contentHash) {
    const message = `identical builds: ${refs.base} and ${refs.candidate} give the same program, ${contentHash.slice(0, 12)}`;
    options.progress({ kind: 'warning', message });
  }
  return resolved;
}

/** Rejects with BAD_ARGUMENT where one names no build, or the two together say nothing; starts and builds nothing. */
export async function requireComparable(refs: ComparedRefs, places: RefPlaces): Promise<void> {
  const base = await classifyRef(refs.base, places);
  const candidate = await classifyRef(refs.candidate, places);
  if (base.kind === 'url' && candidate.kind === 'url') {
    if (serviceAt(base.url) !== serviceAt(candidate.url)) return;
    throw new SignoffError('BAD_ARGUMENT', `${refs.base} and ${refs.candidate} are the same service`, {
      hint: 'A service held against itself says nothing of a change. Start both builds, each on a port of its own.',
    });
  }
  if (base.kind !== 'url' && candidate.kind !== 'url') return;
  const [url, build] = base.kind === 'url' ? [refs.base, refs.candidate] : [refs.candidate, refs.base];
  throw new SignoffError('BAD_ARGUMENT', `${url} cannot be held against ${build}`, {
    hint: 'A running service has a machine and data of its own: a difference would say nothing about the build. Name two URLs, or two revisions or folders.',
  });
}

/** This machine's usual names for itself are one place. */
function serviceAt({ hostname, protocol, port }: URL): string {
  const host = ['localhost', '[::1]'].includes(hostname) ? '127.0.0.1' : hostname;
  return `${host} ${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}
