/** Writes the COPY text into a folder, one file a table: `\copy TABLE from 'TABLE.tsv'` loads it. */
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writingTo } from '../output-error.ts';
import { tableNames } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';

export class CopyFiles implements AsyncDisposable {
  readonly #directory: string;
  readonly #files: Record<Table, FileHandle>;

  private constructor(directory: string, files: Record<Table, FileHandle>) {
    this.#directory = directory;
    this.#files = files;
  }

  /** Files of the same names are replaced. */
  static async create(directory: string): Promise<CopyFiles> {
    return writingTo(directory, async () => {
      await mkdir(directory, { recursive: true });
      const files: Partial<Record<Table, FileHandle>> = {};
      for (const table of tableNames) files[table] = await open(join(directory, `${table}.tsv`), 'w');
      return new CopyFiles(directory, files as Record<Table, FileHandle>);
    });
  }

  async append(table: Table, data: Uint8Array | string): Promise<void> {
    await writingTo(this.#directory, () => this.#files[table].appendFile(data));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Object.values(this.#files).map((file) => file.close()));
  }
}
