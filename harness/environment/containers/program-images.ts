/** The images of the programs that a system's services run: one for each program, built when it is first asked for. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SystemFolder } from '../state/system-folder.ts';
import { buildPlantedImage } from './build-planted-image.ts';

export class ProgramImages {
  readonly #folder: SystemFolder;
  readonly #production: string;
  readonly #byDigest = new Map<string, string>();

  constructor(folder: SystemFolder, production: string) {
    this.#folder = folder;
    this.#production = production;
  }

  /** For each entry file, in order; undefined is the program of the production image. They go with the run. */
  async of(entries: readonly (string | undefined)[], signal: AbortSignal): Promise<string[]> {
    const images: string[] = [];
    // One after the other: two arms may run one program, and a build under way keeps the engine busy enough.
    for (const entry of entries) images.push(entry === undefined ? this.#production : await this.#build(entry, signal));
    return images;
  }

  async #build(entry: string, signal: AbortSignal): Promise<string> {
    const digest = createHash('sha256').update(readFileSync(entry)).digest('hex');
    const known = this.#byDigest.get(digest);
    if (known !== undefined) return known;
    const folder = this.#folder;
    const image = await buildPlantedImage({ folder, production: this.#production, entry, digest, signal });
    this.#byDigest.set(digest, image);
    return image;
  }
}
