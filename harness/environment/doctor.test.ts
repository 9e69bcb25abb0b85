/** The doctor has a line for each prerequisite, and no problem without the command that mends it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDoctor } from './doctor.ts';

const { signal } = new AbortController();

describe('runDoctor', () => {
  it('looks at everything that a run needs', async () => {
    const ids = (await runDoctor({ signal })).map(({ id }) => id);
    const wanted = [
      'node',
      'cpu',
      'memory',
      'disk-temporary',
      'disk-cache',
      'ports',
      'k6',
      'vault',
      'redis',
      'postgres',
      'go',
      'container-engine',
      'clock',
      'file-limit',
      'account',
    ];
    expect(ids).toEqual(wanted);
  });

  it('tells what is wrong and what mends it', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
    const environment = { HOME: home, PATH: '/usr/bin:/bin', SIGNOFF_REDIS: '/bin/echo' };
    const prerequisites = await runDoctor({ signal, environment }).finally(() => rmSync(home, { recursive: true }));
    const redis = prerequisites.find(({ id }) => id === 'redis');
    expect(redis).toMatchObject({ ok: false, fix: 'unset SIGNOFF_REDIS' });
    expect(redis?.found).toContain('/bin/echo');
    for (const { ok, fix } of prerequisites) expect(fix === null).toBe(ok);
  });
});
