import { describe, expect, it } from 'vitest';
import { escapeMarkdown, renderMarkdown } from './render-markdown.ts';
import { buildComparisonResult } from './testing/build-comparison-result.ts';
import * as other from './testing/build-other-results.ts';
import { buildPassingResult } from './testing/build-result.ts';
import { buildSelftest } from './testing/build-selftest.ts';
import { fillWithText } from './testing/hostile-result.ts';

describe('renderMarkdown', () => {
  it('opens with the verdict and links the report', () => {
    const text = renderMarkdown(other.buildFailingResult());
    expect(text.split('\n')[0]).toBe('## ✗ signoff: Fail');
    expect(text).toContain('2 of 10 gated claims are broken');
    expect(text).toContain('[full report](report.html)');
    expect(text).toContain('AC-3 ◌ not measured');
  });

  it('has a row of five cells for every gated finding and names the others', () => {
    const result = buildPassingResult();
    const text = renderMarkdown(result);
    const rows = text.split('\n').filter((line) => line.startsWith('| **'));
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(text).toContain('**Not measured, and so not passed:** LAT-1KT, LAT-10KT.');
  });

  it('says which guards failed and what an open claim needs', () => {
    expect(renderMarkdown(other.buildInvalidResult())).toContain('generator-cpu in target: 93.4');
    const open = { ...other.buildInconclusiveResult(), reasons: [] };
    expect(renderMarkdown(open)).toContain('- LAT-500-TARGET: about 4,200 more independent samples');
  });

  it.each([
    other.buildEmptyResult(),
    other.buildIncompleteResult(),
    fillWithText(buildPassingResult(), 'a | <b>\n# c @d'),
  ])('has no missing value and no table broken by a text', (result) => {
    const text = renderMarkdown(result);
    expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity)\b|<b>|^# c|@d/m);
    for (const row of text.split('\n').filter((line) => line.startsWith('| **'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    }
  });

  it('says whether the probes were seen to see, except of a comparison', () => {
    const line = '**Kill matrix:** 7 of 7 planted defects were noticed by the probes';
    expect(renderMarkdown(buildPassingResult())).toContain(line);
    expect(renderMarkdown(other.buildEmptyResult())).toContain('**Kill matrix:** None was recorded');
    expect(renderMarkdown(buildComparisonResult())).not.toContain('Kill matrix');
  });

  it('says whether the gate was seen to go red, and where it was not', () => {
    expect(renderMarkdown(buildPassingResult())).toContain('**Selftest:** Nobody has seen this gate go red here');
    const selftest = buildSelftest();
    const seen = renderMarkdown({ ...buildPassingResult(), selftest });
    expect(seen).toContain('was seen to go red here on 20 November 2025, 09:30 UTC, for busy-cpu, extra-query');
    expect(seen).not.toContain('It failed for');
    const [identical, ...others] = selftest.selftest.cases.map((one) => ({ ...one, outcome: 'missed' as const }));
    if (identical === undefined) throw new Error('the fixture has no cases');
    const cases = [{ ...identical, outcome: 'false-alarm' as const }, ...others];
    const failed = { sameMethod: true, samePolicy: false, selftest: { ...selftest.selftest, cases } };
    const text = renderMarkdown({ ...buildPassingResult(), selftest: failed });
    expect(text).toContain('It failed for identical, busy-cpu, extra-query, slow-tenant and leaking-pool.');
    expect(text).toContain('It tried another method or other limits.');
  });

  it('warns of a planted defect before anything else', () => {
    const text = renderMarkdown({ ...other.buildFailingResult(), plantedDefect: 'drop-policy' });
    expect(text.indexOf('planted on purpose')).toBeLessThan(text.indexOf('does not hold'));
  });
});

describe('escapeMarkdown', () => {
  it('keeps text on one line and takes the meaning from signs', () => {
    expect(escapeMarkdown('a|b\n*c* <d> @e `f` [g](h)')).toBe('a\\|b \\*c\\* &lt;d&gt; &#64;e \\`f\\` \\[g\\]\\(h\\)');
  });
});
