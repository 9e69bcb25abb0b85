/**
 * Writes what containers say into log files: while they start, since a container that fails is removed with its log; after that only
 * the last words of one that ends, since following costs the engine CPU in the middle of what is measured.
 */
import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describeProblem } from '../processes/await-ready.ts';
import type { Docker } from './engine.ts';

/** One that still runs has no last words: it is not waited for. */
const LAST_WORDS_MS = 2_000;
const LINES_KEPT = 200;

export class ContainerLogs {
  readonly #docker: Docker;
  readonly #followed = new Map<string, Promise<void>>();
  #quiet = new AbortController();

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  follow(id: string, file: string): void {
    if (!this.#followed.has(id)) this.#followed.set(id, this.#write(id, file, true));
  }

  /** Lets go of those that have started. */
  quieten(): void {
    this.#quiet.abort();
    this.#quiet = new AbortController();
    this.#followed.clear();
  }

  /** The end of the log of a container that has ended; settles when it is in its file. */
  async writeLastWords(id: string, file: string): Promise<void> {
    await (this.#followed.get(id) ?? this.#write(id, file, false));
  }

  /** Settles when what ended containers said is written. */
  async written(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#followed.values()), pause(LAST_WORDS_MS)]);
  }

  /** A log that cannot be read is missing from a message, and from nothing else. */
  async #write(id: string, file: string, follow: boolean): Promise<void> {
    const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
    // The system's folder goes while its containers end: what is said then is for nobody.
    log.on('error', () => undefined);
    try {
      await this.#copy(id, log, follow);
    } catch (error) {
      log.write(`\nsignoff: this log ends here: ${describeProblem(error)}\n`);
    } finally {
      log.end();
      await finished(log).catch(() => undefined);
    }
  }

  async #copy(id: string, log: NodeJS.WritableStream, follow: boolean): Promise<void> {
    const { signal } = this.#quiet;
    // Of a container that has ended, following ends at once.
    const options = { stdout: true, stderr: true, tail: LINES_KEPT, follow: true } as const;
    const output = (await this.#docker.getContainer(id).logs(options)) as Readable;
    // Each frame names its stream (Docker Engine API, "Stream format"); both go into one file, as a server's process would have it.
    this.#docker.modem.demuxStream(output, log, log);
    const stop = (): void => void output.destroy();
    if (follow) signal.addEventListener('abort', stop, { once: true });
    try {
      await finished(output);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
