/** Makes of a REF a build that can be run as an arm: a program that was bundled from its source, or a service that runs already. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readCommit } from '../environment/read-commit.ts';
import type { SourceReplacement } from '../faults/defect.ts';
import type { Build } from '../model/build.ts';
import type { Progress } from '../model/progress.ts';
import { openBuildCache } from './build-cache.ts';
import { makeBuildTree } from './build-tree.ts';
import { bundleBuild, type BuiltProgram } from './bundle-build.ts';
import { classifyRef, type ClassifiedRef, type RefPlaces } from './classify-ref.ts';
import { copyFolder } from './copy-folder.ts';
import { exportRevision } from './git-revision.ts';
import { linkDependencies } from './link-dependencies.ts';
import { requireRunningService } from './require-running-service.ts';

export interface ResolveOptions extends RefPlaces {
  /** What selftest plants while it is built; its id is told with the build. */
  planted?: { id: string; replacements: readonly SourceReplacement[] };
  signal: AbortSignal;
  progress: Progress;
}

export interface ResolvedBuild {
  build: Build;
  program: Omit<BuiltProgram, 'contentHash'> | { url: string };
}

/** Rejects with BAD_ARGUMENT, BUILD_FAILED, or SERVER_NOT_READY and NOT_PRODUCTION for a URL. */
export async function resolveBuild(ref: string, options: ResolveOptions): Promise<ResolvedBuild> {
  const classified = await classifyRef(ref, options);
  const regression = options.planted?.id ?? null;
  if (classified.kind === 'url') {
    const url = classified.url.origin;
    await requireRunningService(url, options.signal);
    return { build: { ref, kind: 'url', commit: null, dirty: null, contentHash: null, regression }, program: { url } };
  }
  const { contentHash, ...program } = await buildProgram(ref, classified, options);
  const source = await describeSource(classified);
  return {
    build: { ref: storedRef(ref, classified, options), kind: classified.kind, ...source, contentHash, regression },
    program,
  };
}

async function describeSource(
  classified: Exclude<ClassifiedRef, { kind: 'url' }>,
): Promise<Pick<Build, 'commit' | 'dirty'>> {
  if (classified.kind === 'revision') return { commit: classified.commit, dirty: false };
  const { gitSha, dirty } = await readCommit(classified.folder);
  return { commit: gitSha, dirty };
}

/** Reports travel: where a project lies on somebody's machine is nobody's business. */
function storedRef(ref: string, classified: Exclude<ClassifiedRef, { kind: 'url' }>, { root }: RefPlaces): string {
  if (classified.kind === 'revision') return ref;
  const inside = path.relative(root, classified.folder);
  if (inside === '') return '.';
  return inside.split(path.sep)[0] === '..' || path.isAbsolute(inside) ? path.basename(classified.folder) : inside;
}

/** In a tree of its own, which goes again: what is built does not change under the builder's hands. */
async function buildProgram(
  ref: string,
  classified: Exclude<ClassifiedRef, { kind: 'url' }>,
  { root, planted, signal, progress }: ResolveOptions,
): Promise<BuiltProgram> {
  const cache = await openBuildCache(root);
  const tree = await makeBuildTree();
  try {
    progress({ kind: 'step', message: `build ${describe(ref, classified)}` });
    if (classified.kind === 'revision') await exportRevision(root, classified.commit, tree, signal);
    else await copyFolder(classified.folder, tree);
    const installed = classified.kind === 'folder' ? path.join(classified.folder, 'node_modules') : null;
    await linkDependencies({ ref, tree, root, installed, cache, signal, progress });
    return await bundleBuild({ ref, tree, cache, replacements: planted?.replacements ?? [] });
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

function describe(ref: string, classified: ClassifiedRef): string {
  if (classified.kind === 'revision') return `${ref} (commit ${classified.commit.slice(0, 12)})`;
  return ref;
}
