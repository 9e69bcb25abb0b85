/** Several at once each write the file whole, and leave nothing beside it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'write-whole-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('writing a file whole', () => {
  it('goes well for twenty at once: the file is one of theirs, and alone', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `${index}\n`.repeat(10_000));
    await Promise.all(texts.map((text) => writeWhole(path.join(folder, 'made', 'file.json'), text)));
    expect(readdirSync(path.join(folder, 'made'))).toEqual(['file.json']);
    expect(texts).toContain(readFileSync(path.join(folder, 'made', 'file.json'), 'utf8'));
  });

  it('says what cannot be written, and leaves what is there', async () => {
    await writeWhole(path.join(folder, 'file.json'), 'first');
    await expect(writeWhole(folder, 'second')).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(writeWhole(path.join(folder, 'file.json', 'below'), 'third')).rejects.toThrow('cannot be written');
    expect(readdirSync(folder)).toEqual(['file.json']);
    expect(readFileSync(path.join(folder, 'file.json'), 'utf8')).toBe('first');
  });
});
