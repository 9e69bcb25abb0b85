/** Attacks through what the service is built from: a package that is swapped, that runs at install, or that is too old. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { attacksOf } from './testing/attack.ts';
import { requestRaw } from './testing/raw-request.ts';

const attack = attacksOf('A06');
const root = join(import.meta.dirname, '..', '..');

const packageSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const lockSchema = z.object({ lockfileVersion: z.int(), packages: z.record(z.string(), packageSchema) });
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const lock = lockSchema.parse(readJson('package-lock.json'));
const manifest = manifestSchema.parse(readJson('package.json'));
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

/** From any registry, but over TLS, and with the one content that was reviewed. */
const isTrustworthy = ({ resolved = 'https://', integrity = '' }: z.infer<typeof packageSchema>): boolean =>
  resolved.startsWith('https://') && /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity);

attack('a package exchanged on its way, or on the registry', {
  control() {
    expect(isTrustworthy({ resolved: 'git+ssh://host.example/x.git' })).toBe(false);
    expect(isTrustworthy({ integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' })).toBe(false);
    expect(installed.length).toBeGreaterThan(100);
  },
  attack() {
    expect(installed.filter(([, of]) => !isTrustworthy(of)).map(([path]) => path)).toEqual([]);
  },
});

attack('a newer version that comes in unseen', {
  control() {
    expect(Object.keys(manifest.dependencies)).toContain('fastify');
  },
  attack() {
    const declared = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(declared)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  },
});

attack('a package that runs a program of its own when it is installed', {
  control() {
    expect(installed.some(([, { hasInstallScript }]) => hasInstallScript === true)).toBe(true);
  },
  attack() {
    const image = readFileSync(join(root, 'reference-service', 'Dockerfile'), 'utf8');
    const installs = image.split('\n').filter((line) => /npm (ci|install|i)\b/.test(line));
    expect(installs.length).toBeGreaterThan(0);
    for (const line of installs) expect(line).toContain('--ignore-scripts');
  },
});

attack('what runs, told apart from what was declared', {
  control() {
    expect(existsSync(join(root, 'node_modules', 'fastify', 'package.json'))).toBe(true);
  },
  attack() {
    const versionSchema = z.object({ version: z.string() });
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      const found = versionSchema.parse(readJson(join('node_modules', name, 'package.json')));
      expect(found.version, name).toBe(version);
    }
  },
});

attack('versions of components looked up from outside', {
  async control() {
    expect((await requestRaw('GET', '/healthz')).text).toContain('"version"');
  },
  async attack() {
    // The service's own version is no secret; those of what it is built from are nobody's business.
    const versions = Object.entries(manifest.dependencies).filter(([name]) => name !== 'node');
    for (const [path, status] of [
      ['/healthz', 200],
      ['/readyz', 200],
      ['/openapi.json', 200],
      ['/nothing-here', 404],
    ] as const) {
      const answer = await requestRaw('GET', path);
      expect(answer.status, path).toBe(status);
      const { text, headers } = answer;
      const told = `${text} ${JSON.stringify(headers)}`;
      for (const [name, version] of versions) {
        expect(told.includes(`${name}/${version}`) || told.includes(`${name}@${version}`), `${path}: ${name}`).toBe(
          false,
        );
      }
    }
    const { text } = await requestRaw('GET', '/metrics');
    expect(text).toContain('nodejs_version_info');
  },
});
