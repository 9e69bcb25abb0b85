import { beforeAll, describe, expect, it } from 'vitest';
import { type Result, resultSchema } from '../model/result.ts';
import { renderHtml } from './render-html.ts';
import { buildComparisonResult } from './testing/build-comparison-result.ts';
import { buildContainerResult } from './testing/build-container-result.ts';
import { buildPassingResult } from './testing/build-result.ts';
import * as other from './testing/build-other-results.ts';
import { fillWithText } from './testing/hostile-result.ts';
import { elements, parseMarkup, textWithout } from './testing/parse-markup.ts';

const results: [string, Result][] = [
  ['passing', buildPassingResult()],
  ['failing', other.buildFailingResult()],
  ['inconclusive', other.buildInconclusiveResult()],
  ['invalid', other.buildInvalidResult()],
  ['incomplete', other.buildIncompleteResult()],
  ['empty', other.buildEmptyResult()],
  ['containerised', buildContainerResult()],
  ['comparing', buildComparisonResult()],
];

async function renderParsed(result: Result) {
  const html = await renderHtml(result);
  const document = parseMarkup(html.replace('<!DOCTYPE html>\n', ''), 'application/xhtml+xml');
  const [body] = elements(document, 'body');
  if (body === undefined) throw new Error('the page has no body');
  return { html, document, body, text: textWithout(body, ['pre']).replace(/\s+/g, ' ') };
}

type Parsed = Awaited<ReturnType<typeof renderParsed>>;

describe.each(results)('the page of a %s result', (_, result) => {
  let page: Parsed;
  beforeAll(async () => {
    page = await renderParsed(result);
  });

  it('is of a result that the schema takes', () => {
    expect(resultSchema.safeParse(result).error).toBeUndefined();
  });

  it('is well formed, has no script and fetches nothing', () => {
    const { html, document } = page;
    expect(elements(document, 'script')).toEqual([]);
    const references = elements(document, '*').flatMap((element) =>
      ['src', 'href', 'xlink:href', 'srcset', 'action', 'data', 'poster'].flatMap(
        (name) => element.getAttribute(name) ?? [],
      ),
    );
    expect(references.filter((reference) => !reference.startsWith('#'))).toEqual([]);
    expect(html.match(/url\(|@import/g)).toBeNull();
    const policies = elements(document, 'meta').map((meta) => meta.getAttribute('content') ?? '');
    expect(policies.filter((policy) => policy.startsWith("default-src 'none';"))).toHaveLength(1);
    const outside = html.match(/https?:\/\/[^"'&<\s]+/g) ?? [];
    const named = [
      'http://www.w3.org/2000/svg',
      'http://www.w3.org/1999/xlink',
      'https://vega.github.io/schema/vega-lite/v6.json',
    ];
    expect(outside.filter((address) => !named.includes(address))).toEqual([]);
  });

  it('shows no missing value as a word of the language it is written in', () => {
    const { text, document } = page;
    expect(text.match(/.{0,40}(\b(NaN|undefined|null|Infinity)\b|\[object).{0,40}/g)).toBeNull();
    const labels = elements(document, '*').map((element) => element.getAttribute('aria-label') ?? '');
    expect(labels.join(' ')).not.toMatch(/\b(NaN|undefined|null|Infinity)\b/);
  });

  it('has unique ids, links that lead somewhere, and headings without a gap', () => {
    const { document } = page;
    const ids = elements(document, '*').flatMap((element) => element.getAttribute('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = elements(document, 'a').map((link) => link.getAttribute('href')?.slice(1) ?? '');
    const sections = result.comparison === undefined ? 13 : 9;
    expect(targets).toHaveLength(result.containers.length > 0 ? sections + 1 : sections);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    const levels = elements(document, '*').flatMap(({ tagName }) =>
      /^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [],
    );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  });

  it('gives every table a caption and a scope to every header, every chart a name', () => {
    const { document } = page;
    for (const table of elements(document, 'table')) expect(elements(table, 'caption')).toHaveLength(1);
    expect(elements(document, 'th').filter((header) => header.getAttribute('scope') === null)).toEqual([]);
    const charts = elements(document, 'svg').filter((svg) => svg.getAttribute('class') === 'chart');
    for (const chart of charts) {
      expect(chart.getAttribute('role')).toBe('img');
      expect(chart.getAttribute('aria-label')).toMatch(/\.$/);
    }
  });

  it('names every finding, every failed guard, and the approval conditions', () => {
    const { text } = page;
    const whys = result.validity.filter(({ ok }) => !ok).map(({ why }) => why);
    const register = result.comparison === undefined ? ['AC-1', 'AC-2', 'AC-3', 'RIS-001', 'RIS-006'] : [];
    const expected = [...result.findings.map(({ id }) => id), ...whys, ...register];
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
  });
});

describe('the page', () => {
  let passing: Parsed;
  beforeAll(async () => {
    passing = await renderParsed(buildPassingResult());
  });

  it('is the same for the same result', async () => {
    expect((await renderHtml(buildPassingResult())) === passing.html).toBe(true);
  });

  it('never lets a text become markup', async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>]]>--><style>*{}</style>\u0000`;
    const plain = await renderParsed(fillWithText(buildContainerResult(), 'x'));
    const attacked = await renderParsed(fillWithText(buildContainerResult(), hostile));
    const names = (page: Parsed) => elements(page.document, '*').map((element) => element.tagName);
    expect(names(attacked)).toEqual(names(plain));
    expect(attacked.text).toContain('<script>alert(1)</script>');
  });

  it('draws every chart in the page for a full run', () => {
    const { document } = passing;
    const charts = elements(document, 'figure').map((figure) => figure.getAttribute('id'));
    expect(charts).toHaveLength(16);
    expect(charts).toContain('latency-over-time-target');
    expect(charts.slice(-4)).toEqual([
      ...['rls-cost', 'kill-matrix-postgres-redis', 'kill-matrix-service', 'kill-matrix-vault'],
    ]);
  });

  it('says of an open claim what it needs', async () => {
    const { text } = await renderParsed({ ...other.buildInconclusiveResult(), scenarios: [] });
    expect(text).toContain('Needs about 4,200 more independent samples');
  });

  it('has a line to sign for each of six roles, but not in a run with a planted defect', async () => {
    const { body, text } = passing;
    expect(elements(body, 'td').filter((cell) => cell.getAttribute('class') === 'blank')).toHaveLength(18);
    expect(text).toContain('Senior Backend Engineer');
    const planted = await renderParsed({ ...other.buildIncompleteResult(), plantedDefect: 'drop-policy' });
    expect(planted.text).toContain('must not be signed');
    expect(planted.text).not.toContain('Signatures');
  });

  it('lists what was not measured, and does not list what was', () => {
    const { document } = passing;
    const method = elements(document, 'section').find((section) => section.getAttribute('id') === 'method');
    const text = method === undefined ? '' : textWithout(method, []);
    expect(text).toContain('REC-RTO');
    expect(text).toContain('LAT-10KT');
    expect(text).not.toContain('SEC-AUTHZ');
  });
});
