/** Building with the real Go: once however many ask, never half there, and ended at once when interrupted. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../model/progress.ts';
import { runCommand } from '../processes/run-command.ts';
import { buildGoTool } from './build-go-tool.ts';
import { findGo } from './go-toolchain.ts';
import { toolCacheRoot } from './tool-cache.ts';
import { toolDefinitions } from './tool.ts';

const SAYS_VERSION = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("k6 v2.2.0 (test)") }\n';

let folder = '';
let environment: NodeJS.ProcessEnv = {};
let events: ProgressEvent[] = [];
let goCache = '';

// Go's own cache stays where it is: the standard library need not be compiled for every test.
beforeAll(async () => {
  goCache = (await runCommand({ command: 'go', args: ['env', 'GOCACHE'] })).stdout.trim();
});

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'build-go-'));
  environment = { ...process.env, XDG_CACHE_HOME: path.join(folder, 'cache'), GOCACHE: goCache };
  events = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A module that has the package's name itself, so that nothing has to be fetched. */
async function build(source: string, signal = new AbortController().signal): Promise<string> {
  const module = path.join(folder, 'tools', 'k6');
  mkdirSync(module, { recursive: true });
  writeFileSync(path.join(module, 'go.mod'), 'module go.k6.io/k6/v2\n\ngo 1.20\n');
  writeFileSync(path.join(module, 'main.go'), source);
  const go = await findGo('1.20', environment);
  if (go.program === null) throw new Error(`this test needs Go: ${go.reason}`);
  const modulesFolder = path.join(folder, 'tools');
  return buildGoTool(toolDefinitions.k6, {
    go: go.program,
    modulesFolder,
    environment,
    progress: (event) => events.push(event),
    signal,
  });
}

const inCache = () => readdirSync(toolCacheRoot(environment)).filter((name) => !name.endsWith('-build.log'));
const builtFolder = `k6-2.2.0-${process.platform}-${process.arch}`;

describe('buildGoTool', () => {
  it('builds once when two ask at the same time, and leaves only the tool behind', async () => {
    const [one, other] = await Promise.all([build(SAYS_VERSION), build(SAYS_VERSION)]);
    expect(one).toBe(other);
    expect(events.filter(({ kind }) => kind === 'stage')).toHaveLength(1);
    expect(events).toContainEqual({
      kind: 'step',
      message: expect.stringContaining('is building k6 already; waiting') as string,
    });
    expect(inCache()).toEqual([builtFolder]);
  });

  it('does not put a program into the cache that says another version', async () => {
    const outcome = build(SAYS_VERSION.replace('v2.2.0', 'v1.0.0'));
    await expect(outcome).rejects.toMatchObject({ code: 'TOOL_BUILD_FAILED' });
    expect(inCache()).toEqual([]);
  });

  it('shows the end of the output of a build that fails, and where all of it is', async () => {
    const outcome = build('package main\n\nfunc main() { thisIsNotDefined() }\n');
    await expect(outcome).rejects.toThrow(
      /building k6 ended with exit code 1; log: .*build\.log(.|\n)*thisIsNotDefined/,
    );
  });

  it('ends when interrupted, and the next one succeeds beside what a killed one left', async () => {
    const stop = new AbortController();
    const interrupted = build(SAYS_VERSION, stop.signal);
    await expect.poll(() => events.length).toBeGreaterThan(0);
    stop.abort();
    await expect(interrupted).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(inCache()).toEqual([]);
    mkdirSync(path.join(toolCacheRoot(environment), `${builtFolder}.partial-1`));
    await build(SAYS_VERSION);
    expect(inCache()).toEqual([builtFolder]);
  });
});
