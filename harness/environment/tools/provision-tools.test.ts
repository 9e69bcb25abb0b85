/** A tool that cannot be had ends in one message with every attempt and the command that helps. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SignoffError } from '../../model/errors.ts';
import { provisionTool } from './provision-tools.ts';

/** Like the real one on a fresh image: it knows no package before its lists are updated. */
const APT_GET = `#!/bin/sh
cd "$(/usr/bin/dirname "$0")" || exit 1
if [ "$1" = update ]; then echo > lists; exit 0; fi
if [ ! -f lists ]; then echo "E: Unable to locate package redis-server"; exit 100; fi
printf '#!/bin/sh\\necho "Redis server v=7.2.4 sha=0"\\n' > redis-server
/bin/chmod 755 redis-server
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'provision-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function provision(tool: 'k6' | 'redis', environment: NodeJS.ProcessEnv): Promise<unknown> {
  // A module that no Go of today can build, and a Go that may not fetch a newer one.
  mkdirSync(path.join(folder, 'tools', 'k6'), { recursive: true });
  writeFileSync(path.join(folder, 'tools', 'k6', 'go.mod'), 'module tools/k6\n\ngo 99.0.0\n');
  return provisionTool(tool, {
    progress: () => undefined,
    signal: new AbortController().signal,
    environment: { HOME: folder, PATH: folder, GOTOOLCHAIN: 'local', GOCACHE: path.join(folder, 'go'), ...environment },
    modulesFolder: path.join(folder, 'tools'),
  });
}

async function refusalOf(promise: Promise<unknown>): Promise<SignoffError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SignoffError)) throw new Error('expected a SignoffError');
  return error;
}

describe('a missing tool', () => {
  it('names every place, why Go does not help, and how to get Go', async () => {
    const error = await refusalOf(provision('k6', {}));
    expect(error.code).toBe('TOOL_MISSING');
    expect(error.message).toMatch(/k6 \(generates the load\) is missing/);
    for (const part of ['variable: SIGNOFF_K6 is not set', 'cache: ', 'path: PATH has no k6', 'build: '])
      expect(error.message).toContain(part);
    expect(error.message).toMatch(/is too old: 99\.0\.0 or later is needed|no "go" in PATH/);
    expect(error.hint).toMatch(/99\.0\.0/);
    expect(error.hint).toContain('SIGNOFF_K6');
  });

  it('blames the variable that names something else', async () => {
    const error = await refusalOf(provision('k6', { SIGNOFF_K6: '/bin/echo' }));
    expect(error.message).toContain('/bin/echo');
    expect(error.hint).toMatch(/^unset SIGNOFF_K6/);
  });

  it('installs Redis with apt-get where that is possible, and says why where it is not', async () => {
    writeFileSync(path.join(folder, 'apt-get'), APT_GET, { mode: 0o755 });
    const outcome = provision('redis', {});
    if (process.getuid?.() === 0) {
      expect(await outcome).toMatchObject({
        source: 'distribution',
        path: path.join(folder, 'redis-server'),
        version: '7.2.4',
      });
    } else {
      expect((await refusalOf(outcome)).message).toContain('apt-get needs root, and we are not');
    }
  });

  it('tells the package of Redis where none can be installed', async () => {
    const error = await refusalOf(provision('redis', {}));
    expect(error.message).toContain('distribution: no apt-get on this system');
    expect(error.hint).toMatch(/redis/);
  });
});
