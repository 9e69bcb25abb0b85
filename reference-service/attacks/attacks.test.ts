/** Unit test of the list of attacks: how many there are by category, read from the files that declare them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { owaspCategories, type OwaspCategory } from './testing/attack.ts';

const leastAttacks = 70;
const categories = Object.keys(owaspCategories) as OwaspCategory[];
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.integration.test.ts'));
const declared = /^attack\('((?:[^'\\]|\\.)+)', \{$/gm;

function namesOf(category: OwaspCategory): string[] {
  return files
    .filter((name) => name.startsWith(category.toLowerCase()))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .flatMap((text) => {
      expect(text).toContain(`const attack = attacksOf('${category}');`);
      return [...text.matchAll(declared)].map(([, name = '']) => name);
    });
}

describe('the attacks', () => {
  it(`are ${leastAttacks} at least, and every file is of a category`, () => {
    const names = categories.flatMap(namesOf);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(leastAttacks);
    const known = files.filter((file) => categories.some((category) => file.startsWith(category.toLowerCase())));
    expect(known).toEqual(files);
  });

  it.each(categories)('of %s are three at least', (category) => {
    expect(namesOf(category).length).toBeGreaterThanOrEqual(3);
  });
});
