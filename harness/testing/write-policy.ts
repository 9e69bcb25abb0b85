/** Writes a copy of thresholds.json with a change, for the end-to-end tests. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './run-signoff.ts';

interface Policy {
  claims: Record<string, { limit: number }>;
  guards: Record<string, { limit: number }>;
}

/** Returns the path of the changed copy. */
export async function writePolicy(bench: Bench, change: (data: Policy) => void): Promise<string> {
  const original = path.join(import.meta.dirname, '..', '..', 'thresholds.json');
  const data = JSON.parse(await readFile(original, 'utf8')) as Policy;
  change(data);
  const file = path.join(bench.directory, 'policy.json');
  await writeFile(file, JSON.stringify(data));
  return file;
}

/** Of the guards that trip when somebody else uses the machine: for tests that look for gross effects, on whatever machine. */
const neighboursMayDo = {
  'foreign-cpu': 100,
  'host-steal': 100,
  'generator-cpu': 100,
  'generator-wait': 60_000,
  'achieved-rate': 5,
  'dropped-iterations': 100_000,
  'iteration-lag': 60_000,
  'users-at-ceiling': 100,
};

/** The policy with which a neighbour's load leaves no run undecided. Returns its path. */
export async function writePatientPolicy(bench: Bench): Promise<string> {
  return await writePolicy(bench, ({ guards }) => {
    for (const [id, limit] of Object.entries(neighboursMayDo)) guards[id] = { ...guards[id], limit };
  });
}
