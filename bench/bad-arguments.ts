/** Arguments of a benchmark that it does not take: told in a line, with its usage, before anything was started. */
import { parseArgs } from 'node:util';
import { type Conditions, conditions, parseConditions } from './calibration/files.ts';

export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}

/** What `readArguments` throws, and what `parseArgs` does of an unknown flag or a missing value. */
export function isBadArguments(thrown: unknown): thrown is Error {
  if (thrown instanceof BadArguments) return true;
  return thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_');
}

/** Of a benchmark that takes none. */
export function refuseArguments(args: string[]): void {
  parseArgs({ args, options: {} });
}

/** Without the option: all of them. */
export function readConditions(text: string | undefined): readonly Conditions[] {
  if (text === undefined) return conditions;
  try {
    return [parseConditions(text)];
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
