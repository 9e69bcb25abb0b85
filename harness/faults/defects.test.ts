import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleService } from './bundle-service.ts';
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

  it.each(ofService)('$id is in the service that is built with it', async ({ id, replacements }) => {
    const bundle = await bundleService(root, `test-${id}`, replacements);
    try {
      const text = readFileSync(bundle.entry, 'utf8').split('//# sourceMappingURL')[0] ?? '';
      // esbuild rewrites quotes and spacing: what is new in the text is looked for without them.
      const bare = (source: string) => source.replaceAll(/[\s"'`]/g, '');
      for (const { pattern, replacement } of replacements) {
        expect(bare(text)).toContain(bare(replacement).slice(0, 60).replace(/;$/, ''));
        expect(bare(text).includes(bare(pattern))).toBe(bare(replacement).includes(bare(pattern)));
      }
    } finally {
      await bundle.remove();
    }
  });
});
