/** What a live comparison is asked for: its flags, checked before anything starts. */
import path from 'node:path';
import type { Command } from 'commander';
import type { ComparedPolicy } from '../model/build.ts';
import { SignoffError } from '../model/errors.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { CommandContext } from './command-context.ts';
import { chooseComparedPolicy } from './compared-policy.ts';
import { addSystemFlags, parseDuration, readSystemRequest, type SystemRequest } from './run-request.ts';
import type { Flags } from './verb.ts';

/** Five minutes of load: what +20 % at the p99 may take to be found. */
const DEFAULT_AT_MOST_MS = 300_000;
/** Six blocks of six seconds: below that nothing is judged. */
export const LEAST_AT_MOST_MS = 36_000;
const DEFAULT_TENANTS = 100;

export interface CompareRequest extends SystemRequest {
  tenants: number;
  base: string;
  candidate: string;
  thresholds: Thresholds;
  /** Whose they are. */
  policy: ComparedPolicy;
  atMostMs: number;
  out: string | null;
  json: boolean;
}

export function addLiveFlags(command: Command): void {
  command
    .option('--live', 'compare two builds live, both under the same load at the same time')
    .option(
      '--base <ref>',
      'what it is held against: a git revision or a folder; or, only where --candidate is one too, the URL of a service that runs on the system of `signoff up`',
    )
    .option('--candidate <ref>', 'what is to be judged: likewise; a URL goes only with another URL')
    .option('--at-most <time>', 'load that may be spent until every claim is decided (default: 5m)', parseDuration)
    .option('--thresholds <file>', 'the policy (default: thresholds.json of the base)')
    .option('--out <dir>', 'run folder to write; must not exist yet (default: reports/<UTC time>-<id>)');
  addSystemFlags(command);
}

/** Those that were given and say something of a live comparison only. */
export function liveFlagsOf(flags: Flags): string[] {
  const defaults: Flags = { seed: 'signoff', environment: 'auto' };
  const names = {
    ...{ base: '--base', candidate: '--candidate', atMost: '--at-most', out: '--out', tenants: '--tenants' },
    ...{ rowsPerTenant: '--rows-per-tenant', seed: '--seed', environment: '--environment' },
  };
  return Object.entries(names)
    .filter(([key]) => flags[key] !== undefined && flags[key] !== defaults[key])
    .map(([, name]) => name);
}

export async function readCompareRequest(context: CommandContext, flags: Flags): Promise<CompareRequest> {
  const missing = ['base', 'candidate'].filter((flag) => flags[flag] === undefined);
  if (missing.length > 0) {
    throw new SignoffError('BAD_ARGUMENT', `--live needs ${missing.map((flag) => `--${flag} REF`).join(' and ')}`, {
      hint: 'REF is a git revision (main, HEAD~1, a hash), a folder with a reference-service in it, or the URL of a running service (then both are URLs).',
    });
  }
  const atMostMs = (flags['atMost'] as number | undefined) ?? DEFAULT_AT_MOST_MS;
  if (atMostMs < LEAST_AT_MOST_MS) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--at-most ${atMostMs / 1000}s: a comparison is judged from six blocks on, which are ${LEAST_AT_MOST_MS / 1000}s of load`,
    );
  }
  const base = flags['base'] as string;
  const candidate = flags['candidate'] as string;
  const named = flags['thresholds'] as string | undefined;
  const chosen = await chooseComparedPolicy(context, { base, candidate, named });
  const system = readSystemRequest(flags);
  return {
    ...system,
    tenants: system.tenants ?? DEFAULT_TENANTS,
    base,
    candidate,
    ...chosen,
    atMostMs,
    out: flags['out'] === undefined ? null : path.resolve(context.workingDirectory, flags['out'] as string),
    json: flags['json'] === true,
  };
}
