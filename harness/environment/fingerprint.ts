/** Takes down where a measurement is taken: code, machine, versions, the settings that bear on the figures, and the data. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Environment } from '../model/environment.ts';
import type { Manifest } from '../model/manifest.ts';
import type { System } from '../model/system.ts';
import { describeContainers } from './containers/describe-containers.ts';
import { describeEngine } from './containers/describe-engine.ts';
import { seededPasswordCost } from './service/seeded-password-cost.ts';
import { readCommit } from './read-commit.ts';
import { readServerSettings } from './server-settings.ts';
import type { Toolset } from './tools/tool.ts';

export interface FingerprintOptions {
  /** The repository. */
  root: string;
  system: System;
  manifest: Manifest;
  toolset: Pick<Toolset, 'k6'>;
  kindReason: string;
}

const passwordHashText = `argon2id m=${seededPasswordCost.memoryKib} KiB, t=${seededPasswordCost.passes}, p=1`;
const packageSchema = z.object({ version: z.string() });

export async function fingerprint(options: FingerprintOptions): Promise<Environment> {
  const { root, system, manifest, toolset, kindReason } = options;
  const inContainers = system.containers.length > 0;
  const [code, servers, engine, containers] = await Promise.all([
    readCommit(root),
    readServerSettings(system),
    inContainers ? describeEngine(system) : null,
    inContainers ? describeContainers(system) : [],
  ]);
  return {
    kind: system.kind,
    kindReason,
    ...code,
    host: describeHost(),
    versions: {
      signoff: packageSchema.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).version,
      node: process.versions.node,
      k6: toolset.k6.version,
      ...servers.versions,
    },
    // The generator, this program and the servers share one machine.
    generatorColocated: system.kind !== 'external',
    settings: { ...servers.settings, 'seed.password_hash': passwordHashText },
    engine,
    containers,
    tenants: manifest.tenantCount,
    rows: manifest.rows,
    seed: manifest.seed,
    dataChecksum: manifest.checksum,
  };
}

function describeHost(): Environment['host'] {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    kernel: `${os.type()} ${os.release()}`,
    platform: `${process.platform} ${process.arch}`,
  };
}
