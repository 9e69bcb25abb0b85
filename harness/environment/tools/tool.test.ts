/** What the table says is what the Go modules pin. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './check-version.ts';
import { goModulesFolder } from './provision-tools.ts';
import { toolDefinitions } from './tool.ts';

const built = Object.values(toolDefinitions).flatMap(({ build, ...tool }) =>
  build === null ? [] : [{ ...tool, build }],
);

describe.each(built)('$title', ({ build, atLeast, below }) => {
  it('is built in the version that its module pins', () => {
    const module = readFileSync(path.join(goModulesFolder, build.module, 'go.mod'), 'utf8');
    const pinned = module.split('\n').find((line) => line.includes(`${build.package} v`));
    expect(pinned).toMatch(new RegExp(` v${build.version.replaceAll('.', '\\.')}\\b`));
  });

  it('is built in a version that is accepted', () => {
    expect(compareVersions(build.version, atLeast)).toBeGreaterThanOrEqual(0);
    expect(compareVersions(build.version, below)).toBeLessThan(0);
  });
});
