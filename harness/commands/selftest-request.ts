/** What a selftest is asked for: its flags, checked before anything starts. */
import path from 'node:path';
import type { Command } from 'commander';
import { regressions } from '../faults/regressions.ts';
import type { Regression } from '../faults/regression.ts';
import { SignoffError } from '../model/errors.ts';
import { identicalCaseId } from '../model/selftest.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { CommandContext } from './command-context.ts';
import { LEAST_AT_MOST_MS } from './compare-request.ts';
import { loadThresholds } from './load-thresholds.ts';
import { addSystemFlags, parseDuration, readSystemRequest, type SystemRequest } from './run-request.ts';
import type { Flags } from './verb.ts';

/** Load of a case, warm-ups included: three times what a regression of 5 % at the median takes. */
const DEFAULT_AT_MOST_MS = 180_000;
/** Many beside the slow one, and each is asked for often enough within a minute that it can be told from them. */
const DEFAULT_TENANTS = 25;
/** A comparison logs in at so many tenants and no more: past that, the slow one could be left out. */
const MOST_TENANTS = 100;

/** null: the same program in both arms. */
export type SelftestPlan = Regression | null;

export interface SelftestRequest extends SystemRequest {
  tenants: number;
  plans: SelftestPlan[];
  /** Ids of cases that were not asked for. */
  leftOut: string[];
  thresholds: Thresholds;
  atMostMs: number;
  /** null: where later runs look for it. */
  out: string | null;
  json: boolean;
}

export const caseIdOf = (plan: SelftestPlan): string => plan?.id ?? identicalCaseId;

/** Identical arms first: a gate that is red of itself finds everything. */
const allPlans: SelftestPlan[] = [null, ...regressions];

export function addSelftestFlags(command: Command): void {
  command
    .option('--only <ids...>', `only these cases: ${allPlans.map(caseIdOf).join(', ')}`)
    .option('--at-most <time>', 'load that each case may take until it is decided (default: 3m)', parseDuration)
    .option('--thresholds <file>', 'the policy (default: thresholds.json of the project)')
    .option(
      '--out <dir>',
      'folder to write; must not exist yet (default: reports/selftest/<UTC time>, and only those there are part of later reports)',
    );
  addSystemFlags(command);
}

export async function readSelftestRequest(context: CommandContext, flags: Flags): Promise<SelftestRequest> {
  const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
  const out = flags['out'] as string | undefined;
  return {
    ...readCases(flags),
    thresholds,
    out: out === undefined ? null : path.resolve(context.workingDirectory, out),
  };
}

export function readCases(flags: Flags): Omit<SelftestRequest, 'thresholds' | 'out'> {
  const { plans, leftOut } = choosePlans((flags['only'] as string[] | undefined) ?? []);
  const atMostMs = (flags['atMost'] as number | undefined) ?? DEFAULT_AT_MOST_MS;
  if (atMostMs < LEAST_AT_MOST_MS) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--at-most ${atMostMs / 1000}s: a comparison is judged from six blocks on, which are ${LEAST_AT_MOST_MS / 1000}s of load`,
    );
  }
  const system = readSystemRequest(flags);
  const tenants = system.tenants ?? DEFAULT_TENANTS;
  if (tenants > MOST_TENANTS) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--tenants ${tenants}: a comparison sends requests of ${MOST_TENANTS} tenants at most, and the slow one must be among them`,
    );
  }
  return { ...system, tenants, plans, leftOut, atMostMs, json: flags['json'] === true };
}

/** `named`: ids as they were given, each of which may be several with commas between; none: all. */
function choosePlans(named: readonly string[]): Pick<SelftestRequest, 'plans' | 'leftOut'> {
  const ids = named.flatMap((text) => text.split(',')).filter((id) => id !== '');
  const known = allPlans.map(caseIdOf);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--only ${unknown.join(',')}: there is no such case; there are ${known.join(', ')}`,
    );
  }
  const isWanted = (plan: SelftestPlan) => ids.length === 0 || ids.includes(caseIdOf(plan));
  return {
    plans: allPlans.filter(isWanted),
    leftOut: allPlans.filter((plan) => !isWanted(plan)).map(caseIdOf),
  };
}
