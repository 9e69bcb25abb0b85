/** Which method judges: a sum of the sources that turn measurements into verdicts. Tests are no part of it. */
import path from 'node:path';
import { hashSources } from './hash-sources.ts';

/** Everything between a measured block and a verdict on it. */
const rooms = ['statistics', 'claims', 'gate'];
const isTest = /\.test\.ts$|(^|\/)testing\//;

/** SHA-256 over names and contents, the same in every checkout of the same sources. */
export async function methodFingerprint(root: string): Promise<string> {
  return await hashSources({
    base: path.join(root, 'harness'),
    places: rooms,
    counts: (name) => name.endsWith('.ts') && !isTest.test(name),
  });
}
