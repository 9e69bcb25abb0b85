/** Resolves the two builds of a comparison: both are built here, or both run already. */
import { SignoffError } from '../model/errors.ts';
import { classifyRef } from './classify-ref.ts';
import { resolveBuild, type ResolvedBuild, type ResolveOptions } from './resolve-build.ts';

export interface ComparedRefs {
  base: string;
  candidate: string;
  /** Seed manifest of the data that running services hold; null: none was named; left out: the caller knows their data. */
  manifest?: string | null;
}

export interface ResolvedBuilds {
  base: ResolvedBuild;
  candidate: ResolvedBuild;
}

/** Rejects with BAD_ARGUMENT before anything is built where one of them, or the two together, cannot be compared. */
export async function resolveBuilds(refs: ComparedRefs, options: ResolveOptions): Promise<ResolvedBuilds> {
  const base = await classifyRef(refs.base, options);
  const candidate = await classifyRef(refs.candidate, options);
  requireSameKind(base.kind === 'url', candidate.kind === 'url', refs);
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

function requireSameKind(baseRuns: boolean, candidateRuns: boolean, { base, candidate, manifest }: ComparedRefs): void {
  if (baseRuns !== candidateRuns) {
    const [url, build] = baseRuns ? [base, candidate] : [candidate, base];
    throw new SignoffError('BAD_ARGUMENT', `${url} cannot be held against ${build}`, {
      hint: 'A running service has a machine and data of its own: a difference would say nothing about the build. Name two URLs, or two revisions or folders.',
    });
  }
  if (baseRuns && manifest === null) {
    throw new SignoffError('BAD_ARGUMENT', `nothing is known about the data behind ${base} and ${candidate}`, {
      hint: 'Name the seed manifest of the data that both hold: --manifest FILE.',
    });
  }
  if (!baseRuns && typeof manifest === 'string') {
    throw new SignoffError('BAD_ARGUMENT', '--manifest is for two URLs', {
      hint: 'Builds of revisions and folders get data of their own; leave --manifest out.',
    });
  }
}
