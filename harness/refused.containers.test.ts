/** What containers cannot be started from: each ends with 69, says what happened and what to do, and leaves nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { docker, leftOnEngine } from './testing/on-engine.ts';
import { createBench, type Bench, type Ended } from './testing/run-signoff.ts';

const benches: Bench[] = [];
const images: string[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-refused-'));
});

afterEach(async () => {
  for (const bench of benches.splice(0)) {
    expect(await leftOnEngine(bench)).toEqual([]);
    expect(await bench.processes()).toEqual([]);
    await bench.remove();
  }
});

afterAll(async () => {
  if (images.length > 0) await docker('rmi', '--force', ...images);
  await rm(folder, { recursive: true });
});

/** `signoff up --environment containers` with these variables. */
async function up(variables: Record<string, string>, ...flags: string[]): Promise<Ended> {
  const bench = await createBench({ engine: true, variables });
  benches.push(bench);
  return await bench.run('up', '--environment', 'containers', '--tenants', '6', '--rows-per-tenant', '200', ...flags);
}

/** An image of Redis with something wrong. */
async function brokenRedis(name: string, ...instructions: string[]): Promise<string> {
  const tag = `signoff-test/${name}:${process.pid}`;
  const recipe = [`FROM ${process.env['SIGNOFF_REDIS_IMAGE'] ?? 'redis:8.2.2'}`, 'USER root', ...instructions].join(
    '\n',
  );
  const build = spawn('docker', ['build', '--quiet', '--tag', tag, '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  build.stdin.end(recipe);
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`docker build of ${tag} ended with ${code}`);
  images.push(tag);
  return tag;
}

describe('signoff up --environment containers', () => {
  it('without an engine', async () => {
    const { code, err } = await up({ DOCKER_HOST: `unix://${folder}/none.sock` });
    expect(err).toContain(`no container engine answers at DOCKER_HOST=unix://${folder}/none.sock`);
    expect(err).toMatch(/→ Start Docker[\s\S]*--environment embedded/);
    expect(code).toBe(69);
  });

  it('with an engine on another machine', async () => {
    const { code, err } = await up({ DOCKER_HOST: 'tcp://user@192.0.2.1:2375' });
    expect(err).toMatch(/an engine on another machine \(tcp:\/\/192\.0\.2\.1:2375\)/);
    expect(code).toBe(69);
  });

  it('without Compose', async () => {
    const { code, err } = await up({ DOCKER_CONFIG: folder });
    expect(err).toMatch(/docker has no Compose/);
    expect(err).toMatch(/docker-compose-plugin/);
    expect(code).toBe(69);
  });

  it('with an image that is not there and cannot be pulled', async () => {
    const image = 'localhost:1/signoff-test/none:1';
    const { code, err } = await up({ SIGNOFF_REDIS_IMAGE: image });
    expect(err).toContain(`the image ${image} is not on this engine and cannot be pulled`);
    expect(err).toMatch(/SIGNOFF_REDIS_IMAGE/);
    expect(code).toBe(69);
  });

  it('on a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      const { code, err } = await up({}, '--port', String(port));
      expect(err).toMatch(new RegExp(`port ${port} for the service in slot 0 is taken by process ${process.pid}`));
      expect(code).toBe(69);
    } finally {
      server.close();
    }
  });

  it('with a server whose container exits', async () => {
    const image = await brokenRedis('exits', 'ENTRYPOINT ["sh", "-c", "echo the disk is on fire >&2; exit 3"]');
    const { code, err } = await up({ SIGNOFF_REDIS_IMAGE: image });
    expect(err).toMatch(/redis ended/);
    expect(err).toContain('the disk is on fire');
    expect(code).toBe(69);
  });

  it('with a server whose health check never turns green', async () => {
    const image = await brokenRedis('unhealthy', 'RUN ln -sf "$(command -v false)" "$(command -v redis-cli)"');
    const { code, err } = await up({ SIGNOFF_REDIS_IMAGE: image });
    expect(err).toMatch(/the health check of redis never became green; the end of its log:\n/);
    expect(code).toBe(69);
  });
});
