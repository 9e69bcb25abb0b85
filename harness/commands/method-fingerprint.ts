/** Which method judges: a sum of the sources that turn measurements into verdicts. Tests are no part of it. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Everything between a measured block and a verdict on it. */
const rooms = ['statistics', 'claims', 'gate'];
const isTest = /\.test\.ts$|(^|\/)testing\//;

/** SHA-256 over names and contents, the same in every checkout of the same sources. */
export async function methodFingerprint(root: string): Promise<string> {
  const sum = createHash('sha256');
  for (const room of rooms) {
    const folder = path.join(root, 'harness', room);
    const names = (await readdir(folder, { recursive: true })).map((name) => name.split(path.sep).join('/'));
    for (const name of names.filter((each) => each.endsWith('.ts') && !isTest.test(each)).sort()) {
      const text = await readFile(path.join(folder, name), 'utf8');
      // A checkout on Windows may end lines otherwise.
      sum.update(`${room}/${name}\0${text.replaceAll('\r\n', '\n')}\0`);
    }
  }
  return sum.digest('hex');
}
