import { describe, expect, it } from 'vitest';
import { screenStyle } from './screen-style.ts';

/** WCAG 2.2, relative luminance of an sRGB colour #rrggbb. */
function luminance(color: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The two blocks of custom properties, light first. */
function palettes(): Map<string, string>[] {
  return [...screenStyle.matchAll(/:root \{([^}]+)\}/g)].map(
    ([, block = '']) =>
      new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name = '', color = '']) => [name, color])),
  );
}

const textInks = ['ink', 'quiet', 'strong', 'limit', 'holds', 'broken', 'inconclusive', 'not-measured'];

describe('screenStyle', () => {
  it('has a light and a dark palette with the same names', () => {
    const [light, dark] = palettes();
    expect([...(dark?.keys() ?? [])]).toEqual([...(light?.keys() ?? [])]);
    expect(light?.size).toBeGreaterThan(10);
  });

  it.each(textInks)('sets text in %s with a contrast of at least 4.5 : 1, on paper and on the shade', (ink) => {
    for (const palette of palettes()) {
      const color = palette.get(ink) ?? '';
      expect(contrast(color, palette.get('paper') ?? '')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(color, palette.get('shade') ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('sets lines and bars apart from paper by at least 3 : 1 where they carry data', () => {
    for (const palette of palettes()) {
      for (const name of ['strong', 'soft', 'limit']) {
        expect(contrast(palette.get(name) ?? '', palette.get('paper') ?? '')).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('says of tables that are cut on a phone that they scroll', () => {
    const [, narrowest = ''] = screenStyle.split('@media screen and (max-width: 36rem)');
    expect(narrowest).toMatch(/\.frame\.scroll::before[^}]+content: "[^"]*scroll sideways \\2192"/);
  });

  it('fetches nothing', () => {
    expect(screenStyle).not.toMatch(/url\(|@import|@font-face/);
  });
});
