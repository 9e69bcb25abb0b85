import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);
const planted: string[] = [];

function cruise(...targets: string[]): { status: number | null; output: string } {
  const binary = path.join(root, 'node_modules', '.bin', 'depcruise');
  const ended = spawnSync(process.execPath, [binary, ...targets, '--config', '.dependency-cruiser.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status: ended.status, output: ended.stdout + ended.stderr };
}

/** Puts a file with the given import into a room for the length of a test. */
function plant(room: string, text: string): string {
  const directory = path.join(root, room, 'planted-violation');
  mkdirSync(directory, { recursive: true });
  planted.push(directory);
  const file = path.join(directory, 'violation.ts');
  writeFileSync(file, text);
  return path.relative(root, file);
}

afterEach(() => {
  for (const directory of planted.splice(0)) rmSync(directory, { recursive: true });
});

describe('the import rules', () => {
  it('hold in the house as it stands', () => {
    expect(cruise('harness', 'reference-service', 'seed', 'scenarios').output).toContain(
      'no dependency violations found',
    );
  });

  it.each([
    [
      'harness/statistics',
      "import { exitCode } from '../../model/exit-codes.ts';\nexport const x = exitCode;\n",
      'statistics-imports',
    ],
    ['harness/claims', "import { readFile } from 'node:fs/promises';\nexport const x = readFile;\n", 'claims-is-pure'],
    [
      'harness/gate',
      "import { readSamples } from '../../store/read-samples.ts';\nexport const x = readSamples;\n",
      'gate-imports',
    ],
    [
      'harness/measure',
      "import type { Claim } from '../../model/claim.ts';\nimport { parseThresholds } from '../../gate/parse-thresholds.ts';\nexport type X = Claim;\nexport const x = parseThresholds;\n",
      'measure-imports',
    ],
    [
      'reference-service',
      "import type { System } from '../../harness/model/system.ts';\nexport type X = System;\n",
      'reference-service-stands-alone',
    ],
    ['harness/commands', "import '../../cli.ts';\n", 'nobody-imports-cli'],
  ])('are broken by a planted import in %s', (room, text, rule) => {
    const ended = cruise(plant(room, text));
    expect(ended.status).not.toBe(0);
    expect(ended.output).toContain(rule);
  });
});
