/** Blocks in which something goes wrong: what was measured is kept, the reason is told, and nothing is left running. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Workload } from '../model/scenario.ts';
import { type MeasureBlockOptions, measureBlock } from './measure-block.ts';
import { k6Of } from './testing/k6-of.ts';
import { type PreparedBlock, prepareBlock } from './testing/short-block.ts';

const system = inject('system');
const workload: Workload = { kind: 'closed', users: 5, thinkTimeMs: 100 };

let directory = '';
let prepared: PreparedBlock;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signoff-scripts-'));
  prepared = await prepareBlock(system, { script: 'baseline.ts', workload, durationMs: 20_000 });
});

afterEach(async () => {
  await prepared.remove();
  await rm(directory, { recursive: true });
  expect(k6Of(process.pid)).toEqual([]);
  expect((await readdir(system.directory)).filter((name) => name.startsWith('measure-'))).toEqual([]);
});

async function measureScript(text: string, changes: Partial<MeasureBlockOptions> = {}) {
  await writeFile(join(directory, 'baseline.ts'), text);
  return measureBlock({ ...prepared.options, scenariosDirectory: directory, ...changes });
}

/** The first k6 of this process, as soon as the load has told live figures. */
async function k6UnderLoad(): Promise<number> {
  for (;;) {
    const [pid] = k6Of(process.pid);
    if (pid !== undefined && prepared.events.some(({ kind }) => kind === 'live')) return pid;
    await delay(50);
  }
}

const OPTIONS = `export const options = { vus: 1, iterations: 1, systemTags: ['status', 'error_code', 'scenario', 'expected_response'] };`;

describe('a script that throws', () => {
  it('when it is loaded: exit 107 and its message, no samples', async () => {
    const { artefacts } = await measureScript(`throw new Error('broken at once');\nexport default function () {}`);
    expect(artefacts.generator).toMatchObject({ ok: true, value: { exitCode: 107, requests: 0 } });
    expect(artefacts.generator.ok && artefacts.generator.value.stderrTail.join('\n')).toContain('broken at once');
    expect(artefacts.samples).toMatchObject({ ok: false, error: { code: 'NO_SAMPLES' } });
  });

  it('in setup: exit 107 and its message, an empty file, no window', async () => {
    const { artefacts } = await measureScript(
      `${OPTIONS}\nexport function setup() { throw new Error('no such user'); }\nexport default function () {}`,
    );
    expect(artefacts.generator).toMatchObject({ ok: true, value: { exitCode: 107, requests: 0 } });
    expect(artefacts.generator.ok && artefacts.generator.value.stderrTail.join('\n')).toContain('no such user');
    expect(artefacts.samples).toMatchObject({ ok: true, value: { rows: 0 } });
    expect(artefacts.host).toMatchObject({ ok: false, error: { code: 'NO_WINDOW' } });
  });

  it('that hides a column from the samples: the reason is the samples’', async () => {
    const { artefacts } = await measureScript(`${OPTIONS.replace(`'scenario', `, '')}\nexport default function () {}`);
    expect(artefacts.samples).toMatchObject({ ok: false });
    expect(artefacts.samples.ok ? '' : artefacts.samples.error.message).toContain('no column scenario');
  });
});

describe('k6', () => {
  it('that is not there: every artefact of the load says so', async () => {
    const { artefacts } = await measureBlock({ ...prepared.options, k6Path: join(directory, 'no-k6') });
    expect(artefacts.generator).toMatchObject({ ok: false, error: { code: 'GENERATOR_NOT_STARTED' } });
    expect(artefacts.samples).toMatchObject({ ok: false, error: { code: 'GENERATOR_NOT_STARTED' } });
    expect(artefacts.probes).toMatchObject({ ok: false });
  });

  it('that is killed under load: the samples until then are kept', async () => {
    const measuring = measureBlock(prepared.options);
    process.kill(await k6UnderLoad(), 'SIGKILL');
    const { artefacts } = await measuring;
    expect(artefacts.generator).toMatchObject({ ok: true, value: { exitCode: null, signal: 'SIGKILL' } });
    expect(artefacts.samples.ok && artefacts.samples.value.rows).toBeGreaterThan(5);
  });
});

describe('the harness', () => {
  it('that is told to stop: k6 ends, and the measurement so far comes back', async () => {
    const measuring = measureBlock(prepared.options);
    await k6UnderLoad();
    prepared.controller.abort(new Error('enough'));
    const { artefacts } = await measuring;
    expect(artefacts.generator).toMatchObject({ ok: true, value: { exitCode: 105 } });
    expect(artefacts.samples.ok && artefacts.samples.value.rows).toBeGreaterThan(5);
  });

  it('that is told to stop before k6 began: nothing is started', async () => {
    prepared.controller.abort(new Error('enough'));
    const { artefacts } = await measureBlock(prepared.options);
    expect(artefacts.generator).toMatchObject({ ok: false, error: { code: 'GENERATOR_NOT_STARTED' } });
  });

  it('that is killed takes k6 with it', async () => {
    const options = { ...prepared.options, system: { ...system, directory }, progress: undefined, signal: undefined };
    const call = `import { measureBlock } from ${JSON.stringify(join(import.meta.dirname, 'measure-block.ts'))};
      const progress = ({ kind }) => { if (kind === 'live') process.stdout.write('live\\n'); };
      await measureBlock({ ...${JSON.stringify(options)}, progress, signal: new AbortController().signal });`;
    const harness = spawn(process.execPath, ['--input-type=module', '-e', call], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(harness.stdout, 'data');
    const [pid = 0] = k6Of(harness.pid ?? 0);
    expect(await readFile(`/proc/${pid}/comm`, 'utf8')).toBe('k6\n');
    harness.kill('SIGKILL');
    await once(harness, 'exit');
    // k6 notices at its next write; this test's own time limit is the limit.
    while (await isRunning(pid)) await delay(50);
  });
});

async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+Z/m.test(status);
}

describe('a gatherer', () => {
  it('that cannot log in says why, and the others go on', async () => {
    const short = await prepareBlock(system, { script: 'baseline.ts', workload, durationMs: 1_000 });
    const postgres = { ...system.postgres, adminPassword: 'not-this' };
    const { artefacts } = await measureBlock({ ...short.options, system: { ...system, postgres } });
    await short.remove();
    expect(artefacts.postgres).toMatchObject({ ok: false, error: { code: 'POSTGRES_NOT_GATHERED' } });
    expect(artefacts.postgres.ok ? '' : artefacts.postgres.error.message).toMatch(/password authentication failed/);
    expect([artefacts.redis.ok, artefacts.vault.ok, artefacts.host.ok, artefacts.generator.ok]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
