/**
 * Builds the programs that the image runs, each one file that needs no node_modules, and puts the files that they read beside them:
 * `node reference-service/build/build-programs.ts OUT`
 */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const usageExit = 64;
const root = join(import.meta.dirname, '..', '..');

/** By the name that the program gets, without its ending. The seeder starts its worker by the name beside its own. */
const programs = {
  'reference-service/server': 'reference-service/server.ts',
  'reference-service/migrate': 'reference-service/migrate.ts',
  'reference-service/provision': 'reference-service/provision.ts',
  'seed/main': 'seed/main.ts',
  'seed/worker': 'seed/generation/worker.ts',
};

/** Read at run time, by their place beside server.ts, migrate.ts and provision.ts. */
const files = [
  'reference-service/migrations',
  'reference-service/database/roles.sql',
  'reference-service/redis/users.acl',
  'reference-service/vault/service.hcl',
  'reference-service/vault/tenant.hcl',
  'reference-service/vault/tenant-token-role.json',
];

/** The options lie in a file because others build the service in the same way, with other plugins. */
const options = JSON.parse(readFileSync(join(import.meta.dirname, 'bundle-options.json'), 'utf8')) as BuildOptions;

const [outDirectory, ...surplus] = process.argv.slice(2);
if (outDirectory === undefined || surplus.length > 0) {
  process.stderr.write('usage: node reference-service/build/build-programs.ts OUT\n');
  process.exit(usageExit);
}
await build({
  ...options,
  logLevel: 'warning',
  absWorkingDir: root,
  entryPoints: programs,
  outdir: outDirectory,
  outExtension: { '.js': '.mjs' },
});
for (const file of files) cpSync(join(root, file), join(outDirectory, file), { recursive: true });
