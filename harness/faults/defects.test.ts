import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleService } from './bundle-service.ts';
import type { SourceReplacement } from './defect.ts';
import { defects } from './defects.ts';
import { replaceOnce } from './replace-source.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('the declared defects', () => {
  it('have ids of their own', () => {
    expect(new Set(defects.map((defect) => defect.id)).size).toBe(defects.length);
  });

  const ofService = defects.flatMap(({ id, change }) =>
    change.layer === 'service' ? [{ id, replacements: change.replacements }] : [],
  );

  it.each(ofService)('$id matches the source as it is, exactly once', ({ replacements }) => {
    for (const replacement of replacements) {
      const text = readFileSync(path.join(root, 'reference-service', replacement.file), 'utf8');
      expect(replaceOnce(text, replacement)).not.toBe(text);
    }
  });

  let intact: Promise<string> | null = null;

  it.each(ofService)('$id changes the service that is built', async ({ id, replacements }) => {
    intact ??= buildText('test-intact', []);
    expect((await buildText(`test-${id}`, replacements)) === (await intact)).toBe(false);
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
