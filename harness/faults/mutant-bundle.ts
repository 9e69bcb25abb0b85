/** Builds the service with a mutant in its source: a program that runs in place of server.ts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import type { Mutant } from '../model/mutant.ts';
import type { Bundler } from './bundle-program.ts';
import { bundleService, type ServiceBundle } from './bundle-service.ts';

export type ServiceMutant = Extract<Mutant, { layer: 'service' }>;

/**
 * `root`: the project's folder; `file` of the mutant, where it is known, stands in the message. Throws before anything is built
 * when a pattern is not there exactly once.
 */
export async function mutantBundle(
  root: string,
  mutant: ServiceMutant & { file?: string },
  bundler?: Bundler,
): Promise<ServiceBundle> {
  const problems = await findMisfits(root, mutant);
  if (problems.length === 0) return bundleService(root, `mutant-${mutant.id}`, mutant.replacements, bundler);
  const where = mutant.file ?? `the file of the mutant ${mutant.id}`;
  throw new SignoffError('INTERNAL', `the mutant ${mutant.id} was not applied: ${problems.join('; ')}`, {
    hint: `The source has changed: bring ${where} up to date.`,
  });
}

/** A text for each pattern that its file does not hold exactly once, after the replacements that come before it. */
export async function findMisfits(root: string, { replacements }: ServiceMutant): Promise<string[]> {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const { file, pattern, replacement } of replacements) {
    const text = texts.get(file) ?? (await readSource(path.join(root, 'reference-service', file)));
    if (text === null) {
      problems.push(`${file} is not there`);
      continue;
    }
    const times = text.split(pattern).length - 1;
    if (times !== 1) problems.push(`${file} holds its pattern ${times} times, not once: ${pattern}`);
    texts.set(
      file,
      text.replace(pattern, () => replacement),
    );
  }
  return problems;
}

async function readSource(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
