/** Streams k6's request lines through a named pipe into DuckDB, which writes them as Parquet while k6 runs. */
import { execFile } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ColumnIndex } from './csv-line.ts';
import { requestsToParquet } from './samples-sql.ts';

/**
 * One: DuckDB shares the machine with what is being measured, and with two threads the one that has nothing to read
 * spins (measured: 2.1 s of CPU in 12 s at 500 rows/s, against 0.03 s with one).
 */
const DUCKDB_THREADS = '1';

/** Between two looks whether DuckDB has opened its end of the pipe. */
const OPEN_POLL_MS = 2;

export interface ParquetFile {
  rows: number;
  bytes: number;
}

/**
 * Life cycle: `create` → `start` once the columns are known → `write` … → `finish`, which removes the pipe on every
 * path.
 */
export class ParquetWriter {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #pipePath: string;
  readonly #filePath: string;
  #unsent: string[] = [];
  #sink: Socket | null = null;
  #query: Promise<unknown> | null = null;
  #connected: Promise<void> | null = null;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, paths: { pipe: string; file: string }) {
    this.#instance = instance;
    this.connection = connection;
    this.#pipePath = paths.pipe;
    this.#filePath = paths.file;
  }

  /** Makes the pipe, readable by this user only, and an in-memory DuckDB. */
  static async create(paths: { pipe: string; file: string }): Promise<ParquetWriter> {
    const instance = await DuckDBInstance.create(':memory:', { threads: DUCKDB_THREADS });
    const connection = await instance.connect();
    await promisify(execFile)('mkfifo', ['-m', '600', paths.pipe]);
    return new ParquetWriter(instance, connection, paths);
  }

  /** Starts the query that reads until the pipe is closed. */
  start(columns: ColumnIndex): void {
    let settled = false;
    this.#query = this.connection.run(requestsToParquet(columns, this.#pipePath, this.#filePath)).finally(() => {
      settled = true;
    });
    this.#connected = this.#connect(() => settled);
    // Both are awaited in `finish`; a rejection before that is not unhandled.
    this.#query.catch(() => undefined);
    this.#connected.catch(() => undefined);
  }

  /** Takes whole lines. Never waits: what DuckDB has not read yet is kept in memory, so that k6 is never held up. */
  write(lines: string): void {
    if (this.#sink === null) this.#unsent.push(lines);
    else this.#sink.write(lines);
  }

  /** Ends the file. Rejects with DuckDB's error when it could not be written; null when nothing was ever started. */
  async finish(): Promise<ParquetFile | null> {
    try {
      if (this.#query === null) return null;
      await this.#connected;
      await new Promise<void>((resolve) => {
        if (this.#sink === null || this.#sink.destroyed) resolve();
        else this.#sink.once('close', () => resolve()).end();
      });
      await this.#query;
      const counted = await this.connection.runAndReadAll('select count(*) from read_parquet($1)', [this.#filePath]);
      return { rows: Number(counted.getRows()[0]?.[0]), bytes: (await stat(this.#filePath)).size };
    } finally {
      await rm(this.#pipePath, { force: true });
    }
  }

  /** Gives DuckDB's memory back; for after the last query on `connection`. */
  async close(): Promise<void> {
    // The reader must see its end first: DuckDB waits for a query that still reads, and would wait for ever.
    await this.#connected?.catch(() => undefined);
    const sink = this.#sink;
    if (sink !== null && !sink.closed)
      await new Promise<void>((resolve) => sink.once('close', () => resolve()).destroy());
    await this.#query?.catch(() => undefined);
    this.connection.closeSync();
    this.#instance.closeSync();
  }

  /**
   * Opening a pipe to write without waiting fails with ENXIO until its reader is there (fifo(7)): so nothing can hang.
   */
  async #connect(querySettled: () => boolean): Promise<void> {
    for (;;) {
      const descriptor = openForWriting(this.#pipePath);
      if (descriptor !== null) return this.#attach(descriptor);
      if (querySettled()) return;
      await delay(OPEN_POLL_MS);
    }
  }

  #attach(descriptor: number): void {
    const sink = new Socket({ fd: descriptor, readable: false, writable: true });
    // DuckDB closing its end early shows as EPIPE here; the reason is in the query's own error, which `finish` reports.
    sink.on('error', () => sink.destroy());
    this.#sink = sink;
    for (const lines of this.#unsent) sink.write(lines);
    this.#unsent = [];
  }
}

/** The open pipe, or null while nobody reads it. Never blocks, hence not asynchronous. */
function openForWriting(path: string): number | null {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') return null;
    throw error;
  }
}
