/** Tools are looked for in the designed order, and every place that was looked at is told with its reason. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateTool } from './locate-tool.ts';
import { cachedTool } from './tool-cache.ts';
import { toolDefinitions } from './tool.ts';

let folder = '';
let environment: NodeJS.ProcessEnv = {};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'locate-tool-'));
  environment = { HOME: folder, XDG_CACHE_HOME: path.join(folder, 'cache'), PATH: path.join(folder, 'bin') };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writeProgram(program: string, says: string): string {
  mkdirSync(path.dirname(program), { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(program, 0o755);
  return program;
}

const inCache = (says: string) => writeProgram(cachedTool(toolDefinitions.k6, environment)?.program ?? '', says);
const inPath = (says: string) => writeProgram(path.join(folder, 'bin', 'k6'), says);
const locateK6 = () => locateTool(toolDefinitions.k6, { environment });

describe('locateTool', () => {
  it('takes the variable first', async () => {
    inCache('k6 v2.2.0');
    environment.SIGNOFF_K6 = writeProgram(path.join(folder, 'mine'), 'k6 v2.5.0');
    expect((await locateK6()).found).toMatchObject({
      source: 'variable',
      path: environment.SIGNOFF_K6,
      version: '2.5.0',
    });
  });

  it('does not go on after a variable that names something unusable', async () => {
    inCache('k6 v2.2.0');
    environment.SIGNOFF_K6 = path.join(folder, 'mistyped');
    const { found, attempts } = await locateK6();
    expect(found).toBeNull();
    expect(attempts).toMatchObject([{ source: 'variable', ok: false }]);
  });

  it('takes the cache before PATH', async () => {
    const program = inCache('k6 v2.2.0');
    inPath('k6 v2.9.0');
    expect((await locateK6()).found).toMatchObject({ source: 'cache', path: program });
  });

  it('takes an acceptable one from PATH and tells why the others were not taken', async () => {
    inCache('a broken download');
    const program = inPath('k6 v2.9.0');
    const { found, attempts } = await locateK6();
    expect(found).toMatchObject({ source: 'path', path: program });
    expect(attempts.map(({ source, ok }) => [source, ok])).toEqual([
      ['variable', false],
      ['cache', false],
      ['path', true],
    ]);
    expect(attempts[1]?.reason).toMatch(/does not tell a version/);
  });

  it('passes by one in PATH that is too old', async () => {
    inPath('k6 v1.0.0');
    const { found, attempts } = await locateK6();
    expect(found).toBeNull();
    expect(attempts.at(-1)).toMatchObject({
      source: 'path',
      ok: false,
      reason: expect.stringContaining('version 1.0.0') as string,
    });
  });

  it('takes Valkey where there is no Redis', async () => {
    const program = writeProgram(path.join(folder, 'bin', 'valkey-server'), 'Valkey server v=8.1.1 sha=0');
    const { found } = await locateTool(toolDefinitions.redis, { environment });
    expect(found).toMatchObject({ source: 'path', path: program, version: '8.1.1' });
  });

  it('finds Postgres in its package', async () => {
    const { found } = await locateTool(toolDefinitions.postgres, { environment });
    expect(found?.source).toBe('package');
  });
});
