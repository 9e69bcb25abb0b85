import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from './csv-line.ts';
import { ParquetWriter } from './parquet-writer.ts';
import { windowFigures } from './samples-sql.ts';
import { windowFrom } from './window.ts';

const columns = readHeader(
  'metric_name,timestamp,metric_value,error_code,expected_response,scenario,status,extra_tags,metadata',
);

const LINES = [
  'http_req_duration,500000,300.5,,true,,200,endpoint=auth.login&arm=rls&tier=pro,',
  'http_req_duration,1000000,4.25,,true,load,200,tier=pro&endpoint=trades.list&arm=rls,pair=17',
  'http_req_duration,2000000,900.0,1503,false,load,503,arm=rls&endpoint=trades.list&tier=pro,"note=a, ""b""&pair=18&tenant=4"',
  'http_req_duration,2500000,1.0,1211,false,load,0,arm=rls&endpoint=trades.list&tier=pro,',
  'http_req_duration,2600000,1.5,,true,probes,404,arm=rls&endpoint=probe&tier=pro,',
];

describe('ParquetWriter', () => {
  let directory = '';
  let writer: ParquetWriter;
  let paths: { pipe: string; file: string };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'signoff-parquet-'));
    paths = { pipe: join(directory, 'pipe'), file: join(directory, 'samples.parquet') };
    writer = await ParquetWriter.create(paths);
  });

  afterEach(async () => {
    await writer.close();
    await rm(directory, { recursive: true });
  });

  it('writes the columns of the contract', async () => {
    writer.start(columns);
    for (const line of LINES) writer.write(`${line}\n`);
    expect((await writer.finish())?.rows).toBe(5);
    expect(existsSync(paths.pipe)).toBe(false);
    const result = await writer.connection.runAndReadAll(`select * from read_parquet('${paths.file}')`);
    const rows = result
      .getRowObjects()
      .map((row) => Object.values(row).map((value) => (typeof value === 'bigint' ? Number(value) : value)));
    expect(rows[0]).toEqual([500_000, 300.5, '', 'auth.login', 'rls', 'pro', 200, 0, null, null, true, true]);
    expect(rows[1]).toEqual([1_000_000, 4.25, 'load', 'trades.list', 'rls', 'pro', 200, 0, 17, null, false, true]);
    expect(rows[2]).toEqual([2_000_000, 900, 'load', 'trades.list', 'rls', 'pro', 503, 1_503, 18, 4, false, false]);
    expect(rows[3]).toEqual([2_500_000, 1, 'load', 'trades.list', 'rls', 'pro', 0, 1_211, null, null, false, false]);
  });

  it('figures of the window leave out logins, what began before it, and probes from the load', async () => {
    writer.start(columns);
    writer.write(`${LINES.join('\n')}\n`);
    await writer.finish();
    const window = windowFrom(0, { warmUpMs: 1_200, durationMs: 1_400 });
    const figures = await writer.connection.runAndReadAll(windowFigures(paths.file, window));
    // The request that ended at 2,000 ms began at 1,100 ms, before the warm-up ended.
    expect(figures.getRows()).toEqual([[2n, 1n, 1n, 1]]);
  });

  it('writes an empty file when no request came', async () => {
    writer.start(columns);
    expect((await writer.finish())?.rows).toBe(0);
  });

  it('has no file and leaves no pipe when nothing was started', async () => {
    expect(await writer.finish()).toBeNull();
    expect(existsSync(paths.pipe)).toBe(false);
  });

  it('rejects with DuckDB’s reason on a line that is not of this form, and leaves no pipe', async () => {
    writer.start(columns);
    writer.write('http_req_duration,not-a-time,4.25,,true,load,200,,\n');
    await expect(writer.finish()).rejects.toThrow(/not-a-time/);
    expect(existsSync(paths.pipe)).toBe(false);
  });

  it('rejects when the file cannot be written', async () => {
    await rm(paths.pipe);
    await writer.close();
    writer = await ParquetWriter.create({ ...paths, file: join(directory, 'missing', 'samples.parquet') });
    writer.start(columns);
    writer.write(`${LINES[0]}\n`);
    await expect(writer.finish()).rejects.toThrow(/missing/);
  });

  it('takes much more than a pipe holds without waiting', async () => {
    writer.start(columns);
    const many = `${Array.from({ length: 2_000 }, () => LINES[1]).join('\n')}\n`;
    for (let block = 0; block < 50; block += 1) writer.write(many);
    expect((await writer.finish())?.rows).toBe(100_000);
  });
});
