/** The probes of logs, metrics and headers on an intact system, and with lines in the log that must not be there. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { ProbeScene } from '../probe-scene.ts';
import { sceneOfTests } from '../testing/scene-of-tests.ts';
import { blemishes, probesOf, violated } from '../testing/summaries.ts';
import { telemetrySuite } from './telemetry-suite.ts';

const system = inject('system');
let scene: ProbeScene;

beforeAll(() => {
  scene = sceneOfTests(system);
});

describe('on an intact system', () => {
  it('finds nothing, five times', async () => {
    for (let time = 0; time < 5; time += 1) {
      const counts = await telemetrySuite.run(scene);
      expect(blemishes(counts)).toEqual([]);
      expect(probesOf(counts).length).toBeGreaterThan(50);
    }
  });
});

/** Every few milliseconds, from the beginning of the suite to its end. */
async function whileLogging(line: string): Promise<string[]> {
  const state = await readFile(join(system.directory, 'state.json'), 'utf8');
  const { processes } = JSON.parse(state) as { processes: { pid: number; logFile: string }[] };
  const log = processes.find(({ pid }) => pid === scene.service.pid)?.logFile ?? '';
  const written: Promise<void>[] = [];
  const timer = setInterval(() => written.push(appendFile(log, `${line}\n`)), 20);
  try {
    return violated(await telemetrySuite.run(scene));
  } finally {
    clearInterval(timer);
    // One that came later would be found by the next test.
    await Promise.all(written);
  }
}

describe('a line of the log', () => {
  it('with a password that somebody logs in with', async () => {
    const line = JSON.stringify({ msg: 'login', received: scene.manifest.demoPassword });
    expect(await whileLogging(line)).toEqual(["logs: a password in the service's log"]);
  });

  it('with a tenant’s data', async () => {
    const line = JSON.stringify({ msg: 'order', note: `placed for ${scene.manifest.tenants[0]?.canary}` });
    expect(await whileLogging(line)).toEqual(["logs: a tenant's canary in the service's log"]);
  });

  it('with an address of a user', async () => {
    const line = JSON.stringify({ msg: 'login', who: scene.manifest.tenants[0]?.users[0]?.email });
    expect(await whileLogging(line)).toEqual(["logs: an e-mail address of a user in the service's log"]);
  });
});
