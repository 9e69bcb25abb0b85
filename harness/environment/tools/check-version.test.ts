/** Only a program that says an acceptable version is used. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVersion, compareVersions } from './check-version.ts';
import { toolDefinitions } from './tool.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'check-version-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writeProgram(script: string): string {
  const program = path.join(folder, 'program');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return program;
}

describe('compareVersions', () => {
  it.each([
    ['1.21.2', '1.21.10', -1],
    ['2.0.0', '1.99.9', 1],
    ['18.4', '18.4.0', 0],
  ])('%s and %s', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});

describe('checkVersion', () => {
  it.each([
    ['k6', 'k6 v2.2.0 (go1.26.8, linux/amd64)', '2.2.0'],
    ['k6', 'k6.exe v2.3.1 (commit/abc, go1.26.8)', '2.3.1'],
    ['vault', 'Vault v1.21.2, built 2025-11-22T11:08:54Z (cgo)', '1.21.2'],
    ['redis', 'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '7.0.15'],
    ['redis', 'Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '8.1.1'],
    ['postgres', 'postgres (PostgreSQL) 18.4', '18.4'],
  ] as const)('takes what %s says: %s', async (tool, line, version) => {
    const check = await checkVersion(toolDefinitions[tool], writeProgram(`echo "${line}"`));
    expect(check).toMatchObject({ ok: true, version });
  });

  it.each([
    ['k6', 'echo "k6 v1.3.0"', /version 1\.3\.0; needed is 2\.2\.0 or later/],
    ['k6', 'echo "k6 v3.0.0"', /below 3\.0\.0/],
    ['vault', 'echo "OpenBao v2.4.0"', /does not tell a version/],
    ['redis', 'echo broken >&2; exit 1', /it said: broken/],
    ['redis', 'exit 5', /nothing, exit code 5/],
  ] as const)('refuses what is not %s as wanted: %s', async (tool, script, reason) => {
    const check = await checkVersion(toolDefinitions[tool], writeProgram(script));
    expect(check.ok).toBe(false);
    expect(check.reason).toMatch(reason);
  });

  it('tells when the program cannot be run at all', async () => {
    const check = await checkVersion(toolDefinitions.k6, path.join(folder, 'nothing'));
    expect(check.reason).toMatch(/cannot be run.*ENOENT/);
  });
});
