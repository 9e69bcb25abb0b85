/** What is known of the loads is what the scripts send: a gate must neither be refused for an endpoint that is loaded nor wait for one that is not. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenarios } from '../experiments/scenarios.ts';
import { knownLoads } from './known-loads.ts';

const root = path.join(import.meta.dirname, '../..');

function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The quoted names in the part of a file that a pattern finds. */
function namesIn(file: string, part: RegExp): string[] {
  const [found] = part.exec(textOf(file)) ?? [];
  if (found === undefined) throw new Error(`${file} has nothing like ${part.source}`);
  return quoted(found);
}

function quoted(text: string): string[] {
  return [...text.matchAll(/'([a-zA-Z0-9.]+)'/g)].map(([, name]) => name ?? '');
}

const drawn = namesIn('scenarios/lib/load-mix.ts', /const WEIGHTS[^}]*\}/);
const pairedReads = namesIn('scenarios/lib/paired-load.ts', /const PAIRED_READS[^\]]*\]/);
const endpointLiteral = /endpoint: '([^']+)'/g;

function literalsIn(file: string): string[] {
  return [...textOf(file).matchAll(endpointLiteral)].map(([, name]) => name ?? '');
}

describe('the known loads', () => {
  it('are those of the scenarios', () => {
    const ids = Object.values(scenarios).map(({ id }) => id);
    expect(Object.keys(knownLoads).sort()).toEqual([...ids].sort());
  });

  it.each(['baseline', 'target', 'baseline-open', 'target-open'] as const)('of users draw from the mix: %s', (id) => {
    expect(textOf(`scenarios/${id}.ts`)).toMatch(/(open|closed)Iteration/);
    expect([...knownLoads[id].endpoints].sort()).toEqual([...drawn].sort());
  });

  it('of pairs ask what every arm can be asked', () => {
    const own = (file: string) => namesIn(file, /const ENDPOINTS = \[\.\.\.PAIRED_READS[^\]]*\]/);
    const ofCost = [...pairedReads, ...own('scenarios/rls-cost.ts')];
    expect([...knownLoads['rls-cost'].endpoints].sort()).toEqual(ofCost.sort());
    const ofCompare = [...pairedReads, ...own('scenarios/compare.ts'), ...literalsIn('scenarios/compare.ts')];
    expect([...knownLoads.compare.endpoints].sort()).toEqual(ofCompare.sort());
  });

  it('of the cross-check and of the probes beside users have one name each', () => {
    expect(knownLoads['cross-check'].endpoints).toEqual(literalsIn('harness/measure/cross-check/cross-check.ts'));
    const ofProbes = new Set(literalsIn('scenarios/lib/probes/scene.ts'));
    expect([...knownLoads.isolation.endpoints].sort()).toEqual([...drawn, ...ofProbes].sort());
  });

  it('leave no name out that a script has, the set-up apart', () => {
    const files = readdirSync(path.join(root, 'scenarios'), { recursive: true, encoding: 'utf8' });
    const scripts = files.filter((name) => name.endsWith('.ts')).map((name) => path.join('scenarios', name));
    expect(scripts.length).toBeGreaterThan(20);
    const known = Object.values(knownLoads).flatMap(({ endpoints }): readonly string[] => endpoints);
    const unknown = scripts.flatMap(literalsIn).filter((name) => !known.includes(name));
    expect([...new Set(unknown)].sort()).toEqual(['auth.login', 'openapi']);
  });
});
