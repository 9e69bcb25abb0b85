/** The policy that two builds are compared by: the base's, so that no candidate passes by limits that it loosened itself. */
import { readRefFile } from '../builds/read-ref-file.ts';
import type { ComparedPolicy } from '../model/build.ts';
import { asSignoffError } from '../model/errors.ts';
import { policyChanges } from '../model/policy-changes.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { CommandContext } from './command-context.ts';
import { loadThresholds, readThresholds } from './load-thresholds.ts';

export interface PolicyRequest {
  base: string;
  candidate: string;
  /** Given with --thresholds; then that file decides. */
  named: string | undefined;
}

export interface ChosenPolicy {
  thresholds: Thresholds;
  policy: ComparedPolicy;
}

/** Rejects with BAD_CONFIGURATION where the project's policy, or the file that was named, has mistakes; with BAD_ARGUMENT where a ref names no build. */
export async function chooseComparedPolicy(context: CommandContext, request: PolicyRequest): Promise<ChosenPolicy> {
  const { named } = request;
  const own = await loadThresholds(context, named);
  const [base, candidate] = [await policyOf(context, request.base), await policyOf(context, request.candidate)];
  const candidateChanges = changesOf(base, candidate);
  if (named === undefined && base.thresholds !== null) {
    const policy: ComparedPolicy = { of: 'base', whyNotBase: null, differs: [], candidateChanges };
    return { thresholds: base.thresholds, policy };
  }
  const differs = base.data === null ? [] : policyChanges(base.data, own);
  const told = { whyNotBase: named === undefined ? base.why : null, differs, candidateChanges };
  return { thresholds: own, policy: { of: named === undefined ? 'project' : 'file', ...told } };
}

/** A candidate without a policy changes none: it would not have decided anyway. */
function changesOf(base: PolicyOfRef, candidate: PolicyOfRef): string[] {
  if (base.data === null || candidate.isAbsent) return [];
  return candidate.data === null
    ? ['the whole file, which is no JSON object']
    : policyChanges(base.data, candidate.data);
}

interface PolicyOfRef {
  /** It has none, or is a service that was named by its URL, which shows no files. */
  isAbsent: boolean;
  /** null: it cannot judge here. */
  thresholds: Thresholds | null;
  /** As its file has it; null: there is none, or it is no JSON. */
  data: object | null;
  why: string | null;
}

async function policyOf(context: CommandContext, ref: string): Promise<PolicyOfRef> {
  const file = await readRefFile(ref, 'thresholds.json', context);
  if (file.kind !== 'text') {
    return { isAbsent: true, thresholds: null, data: null, why: file.kind === 'none' ? 'the base has none' : null };
  }
  try {
    const thresholds = readThresholds(file.text, 'its thresholds.json');
    return { isAbsent: false, thresholds, data: thresholds, why: null };
  } catch (error) {
    const [problems = '', first = ''] = asSignoffError(error).message.split('\n');
    const why = `that of the base cannot be read by this version: ${problems}${first === '' ? '' : `, the first: ${first.trim()}`}`;
    return { isAbsent: false, thresholds: null, data: parseObject(file.text), why };
  }
}

function parseObject(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' ? data : null;
  } catch {
    return null;
  }
}
