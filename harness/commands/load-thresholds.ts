/** Reads the policy file; every mistake in it is told before anything starts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { profiles } from '../experiments/profiles.ts';
import { parseThresholds } from '../gate/parse-thresholds.ts';
import { SignoffError } from '../model/errors.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { CommandContext } from './command-context.ts';

/** `named`: path given with --thresholds; without it, the project's thresholds.json. */
export async function loadThresholds(context: CommandContext, named: string | undefined): Promise<Thresholds> {
  const file =
    named === undefined ? path.join(context.root, 'thresholds.json') : path.resolve(context.workingDirectory, named);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SignoffError('BAD_CONFIGURATION', `${file} cannot be read`, {
      cause: error,
      hint: 'Name an existing file with --thresholds.',
    });
  });
  return readThresholds(text, file);
}

/** `file`: what to call it in the message. Throws BAD_CONFIGURATION. */
export function readThresholds(text: string, file: string): Thresholds {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new SignoffError('BAD_CONFIGURATION', `${file} is not JSON`, {
      cause: error,
      hint: 'Mend the place named above.',
    });
  }
  return parseThresholds(data, file, scenarioNames());
}

/** Of every profile: a gate may name one that the present run does not measure. */
function scenarioNames(): string[] {
  const ids = Object.values(profiles).flatMap(({ experiments }) => experiments.map(({ id }) => id));
  return [...new Set([...ids, 'compare'])];
}
