import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleService } from './bundle-service.ts';
import type { SourceReplacement } from './defect.ts';
import { replacementsOf, tenantPlaceholder } from './regression.ts';
import { regressions } from './regressions.ts';
import { replaceOnce } from './replace-source.ts';

const root = path.join(import.meta.dirname, '..', '..');
const tenantId = '7a7f9d3e-3f0e-4c3a-9c51-0d2f3b1c2a10';

const ofService = regressions.flatMap((regression) =>
  regression.change.layer === 'service'
    ? [{ id: regression.id, replacements: replacementsOf(regression, tenantId) }]
    : [],
);

describe('the ten regressions', () => {
  it('are ten, with ids of their own', () => {
    expect(new Set(regressions.map(({ id }) => id)).size).toBe(10);
  });

  it.each(ofService)('$id matches the source as it is, exactly once', ({ replacements }) => {
    for (const replacement of replacements) {
      const text = readFileSync(path.join(root, 'reference-service', replacement.file), 'utf8');
      expect(replaceOnce(text, replacement)).not.toBe(text);
    }
  });

  let intact: Promise<string> | null = null;

  it.each(ofService)('$id changes the service that is built', async ({ id, replacements }) => {
    intact ??= buildText('test-no-regression', []);
    expect((await buildText(`test-${id}`, replacements)) === (await intact)).toBe(false);
  });

  it('name the slow tenant by its id', () => {
    const [change] = ofService.find(({ id }) => id === 'slow-tenant')?.replacements ?? [];
    expect(change?.replacement).toContain(`'${tenantId}'`);
    expect(change?.replacement).not.toContain(tenantPlaceholder);
  });

  it('take nothing but an id of a tenant into a program', () => {
    const slow = regressions.filter(({ id }) => id === 'slow-tenant');
    expect(() => slow.map((one) => replacementsOf(one, "' || true || '"))).toThrow('needs the id of a tenant');
  });
});

async function buildText(name: string, replacements: readonly SourceReplacement[]): Promise<string> {
  const bundle = await bundleService(root, name, replacements);
  try {
    return readFileSync(bundle.entry, 'utf8');
  } finally {
    await bundle.remove();
  }
}
