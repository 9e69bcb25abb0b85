/** Two generators on a real service: they agree on it, and a delay in the path of one of them turns the guard red. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { generatorAgreement } from '../../gate/guards/generator-agreement.ts';
import type { Observation } from '../../gate/guards/guard.ts';
import { readSamples } from '../../store/read-samples.ts';
import { buildEvidence } from '../../claims/testing/build-evidence.ts';
import { measureBlock } from '../measure-block.ts';
import { prepareBlock } from '../testing/short-block.ts';

const system = inject('system');
const DELAY_MS = 40;
const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

/** `k6Through`: an address that k6 sends to instead of the service. */
async function observe(k6Through?: string): Promise<Observation> {
  const workload = { kind: 'open', ratePerSecond: 20 } as const;
  const { options, remove } = await prepareBlock(system, { script: 'cross-check.ts', workload, durationMs: 3_000 });
  undo.push(remove);
  const k6Path = k6Through === undefined ? options.k6Path : await k6WithOtherAddress(options.k6Path, k6Through);
  const measurement = await measureBlock({ ...options, k6Path });
  const { samples } = measurement.artefacts;
  if (!samples.ok) throw new Error(samples.error.message);
  const table = await readSamples(join(options.runDirectory, samples.value.file));
  const { environment } = buildEvidence();
  return generatorAgreement.read({
    experiment: options.experiment,
    environment,
    blocks: [{ measurement, samples: table }],
  });
}

/** A program in place of k6 that only changes the address of the service in its arguments. */
async function k6WithOtherAddress(k6Path: string, address: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'signoff-k6-'));
  undo.push(() => rm(directory, { recursive: true }));
  const file = join(directory, 'k6');
  await writeFile(file, `#!/bin/bash\nexec '${k6Path}' "\${@/#BASE_URL=*/BASE_URL=${address}}"\n`);
  await chmod(file, 0o755);
  return file;
}

/** Passes everything on, after a pause. */
async function slowProxy(target: string): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    setTimeout(() => {
      const onward = request(`${target}${url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    }, DELAY_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function percentOf(observation: Observation): number {
  if ('unreadable' in observation) throw new Error(observation.unreadable);
  return observation.observed;
}

describe('a second generator beside k6', () => {
  it('counts what the service counts, agrees, and no longer agrees when k6 alone is slowed down', async () => {
    const service = system.services.find(({ arm }) => arm === 'rls');
    const healthy = percentOf(await observe());
    const delayed = percentOf(await observe(await slowProxy(service?.url ?? '')));
    expect(delayed).toBeGreaterThan(100);
    expect(delayed).toBeGreaterThan(2 * healthy);
  });
});
