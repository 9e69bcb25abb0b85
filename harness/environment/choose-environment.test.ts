/** auto says why; what this version has not got is refused by name. */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseEnvironment, driverOf } from './choose-environment.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'engine-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('chooseEnvironment', () => {
  it('takes embedded where no engine answers, and says so', async () => {
    const { driver, reason } = await chooseEnvironment('auto', { DOCKER_HOST: `unix://${folder}/none.sock` });
    expect(driver.kind).toBe('embedded');
    expect(reason).toBe(`auto: no container engine answers at DOCKER_HOST=unix://${folder}/none.sock`);
  });

  it('takes embedded where the engine that answers cannot be used, and says why', async () => {
    const server = createServer((_, response) => response.end('OK'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      // It answers a ping, and its address is none that is surely this machine's.
      const { driver, reason } = await chooseEnvironment('auto', { DOCKER_HOST: `tcp://0.0.0.0:${port}` });
      expect(driver.kind).toBe('embedded');
      expect(reason).toMatch(/^auto: DOCKER_HOST names an engine on another machine/);
    } finally {
      server.close();
    }
  });

  it('takes what was asked for', async () => {
    const { driver, reason } = await chooseEnvironment('containers', {});
    expect([driver.kind, reason]).toEqual(['containers', 'asked for with --environment containers']);
  });

  it('refuses external', async () => {
    await expect(chooseEnvironment('external')).rejects.toMatchObject({ code: 'ENVIRONMENT_REFUSED' });
    expect(() => driverOf('external')).toThrow(/not available yet in this version/);
  });
});
