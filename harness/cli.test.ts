import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from './model/exit-codes.ts';

const root = path.dirname(import.meta.dirname);
const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', 'node');
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'signoff-cli-'));
  // Where the servers’ user cannot pass, the system's own folder would be taken, with what others left in it.
  chmodSync(directory, 0o755);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function signoff(...args: string[]): { code: number | null; out: string; err: string } {
  const ended = spawnSync(pinnedNode, [path.join(root, 'harness', 'cli.ts'), ...args], {
    encoding: 'utf8',
    cwd: directory,
    // Own state folder: what runs elsewhere on this machine is no business of these tests.
    env: { ...process.env, TMPDIR: directory, NO_COLOR: '1' },
  });
  return { code: ended.status, out: ended.stdout, err: ended.stderr };
}

/** A thresholds file with one change. */
function thresholdsWith(
  change: (data: { claims: Record<string, Record<string, unknown>>; guards: Record<string, unknown> }) => void,
): string {
  const data = JSON.parse(readFileSync(path.join(root, 'thresholds.json'), 'utf8')) as Parameters<typeof change>[0];
  change(data);
  const file = path.join(directory, 'thresholds.json');
  writeFileSync(file, JSON.stringify(data));
  return file;
}

describe('help', () => {
  it('lists every verb and every exit code', () => {
    const { code, out } = signoff('--help');
    expect(code).toBe(0);
    for (const verb of ['run', 'doctor', 'up', 'seed', 'measure', 'judge', 'report', 'gate', 'verify', 'down'])
      expect(out).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
    for (const { code: number, meaning } of Object.values(exitCodes))
      expect(out).toContain(`${String(number).padEnd(4)}${meaning}`);
  });

  it.each(['run', 'up', 'measure', 'gate'])('of %s tells its flags and the exit codes', (verb) => {
    const { code, out } = signoff(verb, '--help');
    expect(code).toBe(0);
    expect(out).toContain('--json');
    expect(out).toContain('Exit codes:');
  });
});

describe('a mistake in the arguments ends with 64, says what and what is allowed, and starts nothing', () => {
  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [[], /Usage: signoff VERB/],
    [['run', '--tennants', '5'], /unknown option '--tennants'[\s\S]*--tenants/],
    [['run', '--profile', 'huge'], /Allowed: quick, full, soak, smoke/],
    [['run', '--tenants', '0'], /whole number from 3/],
    [['run', '--tenants', 'many'], /whole number from 3/],
    [['run', '--duration', '5'], /for instance 30s/],
    [['run', '--only', 'targett'], /profile quick has baseline, target/],
    [['run', '--defect', 'none-such'], /there are drop-policy/],
    [['run', '--environment', 'cloud'], /Allowed: auto, embedded, containers, external/],
    [['run', '--out', '.'], /exists already/],
    [['run', '--thresholds', 'missing.json'], /missing\.json cannot be read/],
    [['gate', 'no-such-run'], /is not a folder/],
  ])('%j', (args, complaint) => {
    const { code, out, err } = signoff(...args);
    expect(err).toMatch(complaint);
    expect(code).toBe(64);
    expect(out).toBe('');
  });
});

describe('a mistake in the thresholds', () => {
  it('is told with path, value and what is allowed, all together', () => {
    const file = thresholdsWith((data) => {
      data.claims['LAT-500-TARGET'] = { ...data.claims['LAT-500-TARGET'], limit: '500', unit: 's' };
      data.claims['RLS-COST'] = { ...data.claims['RLS-COST'], limit: -1 };
      data.guards['generator-cpuu'] = { limit: 80, unit: '%' };
    });
    const { code, err } = signoff('run', '--thresholds', file);
    expect(code).toBe(64);
    for (const part of ['LAT-500-TARGET', '"500"', 'RLS-COST', '-1', 'generator-cpuu']) expect(err).toContain(part);
  });

  it('that is no JSON at all names the file', () => {
    const file = path.join(directory, 'broken.json');
    writeFileSync(file, '{ "claims": ');
    const { code, err } = signoff('gate', '--thresholds', file);
    expect(code).toBe(64);
    expect(err).toContain('broken.json is not JSON');
  });
});

describe('without a running system', () => {
  it.each(['seed', 'measure'])('%s ends with 69 and says how to start one', (verb) => {
    const { code, err } = signoff(verb);
    expect(code).toBe(69);
    expect(err).toContain('signoff up');
  });

  it('down has nothing to do and says so', () => {
    const { code, out } = signoff('down', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ stopped: [], leftOvers: [] });
  });

  it('an error with --json is one JSON document on standard output', () => {
    const { code, out } = signoff('measure', '--json');
    expect(code).toBe(69);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'NO_SYSTEM' }, exitCode: 69 });
  });
});
