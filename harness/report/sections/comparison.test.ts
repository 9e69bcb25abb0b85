/** The section of a comparison: each claim with the interval and the bounds of the figure that it shows. */
import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../model/quantity.ts';
import type { Finding, Result } from '../../model/result.ts';
import { looksUpTo } from '../../statistics/planned-looks.ts';
import { buildComparisonResult } from '../testing/build-comparison-result.ts';
import { elements, parseMarkup, textWithout } from '../testing/parse-markup.ts';
import { comparisonSection, plannedLooks } from './comparison.ts';

function finding(id: string, unit: Finding['unit'], seen: Pick<Quantity, 'value' | 'interval'>): Finding {
  const [first] = buildComparisonResult().findings;
  if (first?.quantity === undefined || first.quantity === null) throw new Error('the fixture has no finding');
  return {
    ...first,
    ...{ id, unit, limit: 0.1, margin: 2, outcome: 'holds' },
    quantity: { ...first.quantity, ...seen, unit: unit ?? 'count' },
  };
}

async function render(result: Result) {
  const section = await comparisonSection(result);
  if (section === null) throw new Error('no section');
  const document = parseMarkup(`<div>${section.body.source}</div>`, 'application/xhtml+xml');
  const [root] = elements(document, 'div');
  if (root === undefined) throw new Error('no root');
  const rows = elements(document, 'tr').map((row) =>
    (row.textContent ?? '').replaceAll(/[\u202f\u00a0]/g, ' ').replace(/\s+/g, ' '),
  );
  const classes = elements(document, 'p').map((one) => one.getAttribute('class'));
  return { text: textWithout(root, ['pre']).replace(/\s+/g, ' '), rows, classes };
}

describe('comparisonSection', () => {
  it('shows the interval of what is no ratio, and never a negative nothing', async () => {
    const findings = [
      finding('CMP-CONNECTIONS', 'count', { value: 0.098, interval: [-0.409, 0.606] }),
      finding('CMP-ERRORS', '%', { value: -0, interval: [-0.01, 0.01] }),
      finding('CMP-ROWS', 'ratio', { value: 1.0001, interval: [0.9999, 1.001] }),
    ];
    const { rows } = await render({ ...buildComparisonResult(), findings });
    expect(rows[1]).toMatch(/^CMP-CONNECTIONS ?holds0\.098\[−0\.409, 0\.606\]0\.12$/);
    expect(rows[2]).toMatch(/^CMP-ERRORS ?holds0 %\[−0\.01, 0\.01\] %0\.1 %2 %$/);
    expect(rows.join()).not.toMatch(/−0(\.0)?[,\] ]/);
  });

  it('tells of equal programs without alarm', async () => {
    const result = buildComparisonResult();
    if (result.comparison === undefined) throw new Error('the fixture compares nothing');
    const { base } = result.comparison;
    const { classes } = await render({ ...result, comparison: { base, candidate: base } });
    expect(classes).toContain('notice neutral');
  });

  it('names the looks that the method plans', async () => {
    expect([...plannedLooks]).toEqual(looksUpTo(50, 'early').map(({ blocks }) => blocks));
    const { text } = await render(buildComparisonResult());
    expect(text).toContain('are looked at after 6, 10, 18, 30 and 50 blocks');
    expect(text).not.toContain('It may be looked at after every block');
  });
});
