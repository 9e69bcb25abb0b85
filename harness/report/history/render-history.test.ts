/** The page of a history: well formed, self-contained, every metric drawn, and no text becomes markup. */
import { describe, expect, it } from 'vitest';
import { buildHistory } from '../../history/build-history.ts';
import { storedRuns } from '../../history/testing/stored-runs.ts';
import type { History } from '../../model/history.ts';
import { elements, parseMarkup, textWithout } from '../testing/parse-markup.ts';
import { mapHistoryData } from './history-chart.ts';
import { renderHistory } from './render-history.ts';

/** A regression, an improvement by another machine, an invalid run, a single run of another kind, and a folder that is none. */
function madeUp(text = 'x'): History {
  const runs = storedRuns(30, (run) => (run < 12 ? 140 : run < 22 ? 205 : 120)).map((run, index) => ({
    ...run,
    fingerprint: index < 22 ? run.fingerprint : { ...run.fingerprint, 'host.cores': text },
    invalidScopes: index === 7 ? ['target'] : [],
    plantedDefect: index === 18 ? text : null,
  }));
  const [alone] = storedRuns(1, () => 90);
  const other = alone === undefined ? [] : [{ ...alone, kind: 'containers', runId: text }];
  return buildHistory([...runs, ...other], [{ folder: text, reason: text }]);
}

async function parsed(history: History) {
  const html = await renderHistory(history);
  const document = parseMarkup(html.replace('<!DOCTYPE html>\n', ''), 'application/xhtml+xml');
  const [body] = elements(document, 'body');
  if (body === undefined) throw new Error('the page has no body');
  return { html, document, text: textWithout(body, ['pre']).replace(/\s+/g, ' ') };
}

describe('the page of a history', () => {
  it('is well formed, the same for the same history, has no script and fetches nothing', async () => {
    const { html, document } = await parsed(madeUp());
    expect(html === (await renderHistory(madeUp()))).toBe(true);
    expect(elements(document, 'script')).toEqual([]);
    expect(html.match(/url\(|@import/g)).toBeNull();
    const links = elements(document, 'a').map((link) => link.getAttribute('href')?.slice(1) ?? '');
    const ids = elements(document, '*').flatMap((element) => element.getAttribute('id') ?? []);
    expect(links.filter((target) => !ids.includes(target))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws every metric of every lane, each chart with a name in words', async () => {
    const { document, text } = await parsed(madeUp());
    const charts = elements(document, 'svg').filter((svg) => svg.getAttribute('class') === 'chart');
    expect(charts).toHaveLength(8);
    const names = charts.map((chart) => chart.getAttribute('aria-label') ?? '');
    expect(names.join(' ')).toMatch(/p99: 30 runs, 2 invalid ones\..*It changed at run 13, by \+/);
    expect(`${text} ${names.join(' ')}`).not.toMatch(/\b(NaN|undefined|null|Infinity)\b|\[object/);
    expect(text).toContain('host.cores: 2 → x');
    expect(text).toContain('planted: x');
  });

  it('says how many runs a change point takes where there are fewer, and why a comparison of builds has no metrics', async () => {
    const few = await parsed(
      buildHistory(
        storedRuns(2, () => 90),
        [],
      ),
    );
    expect(few.text).toContain('none can be found yet: that takes 10 valid runs of one environment');
    expect(few.text).not.toContain('none found');
    expect(
      (
        await parsed(
          buildHistory(
            storedRuns(10, () => 90),
            [],
          ),
        )
      ).text,
    ).toContain('none found');
    const none = storedRuns(2, () => 90).map((run) => ({ ...run, profile: 'compare', metrics: [] }));
    const { text } = await parsed(buildHistory(none, []));
    expect(text).toContain('No metric of these runs is followed from run to run');
    expect(text).not.toContain('Change points');
  });

  it('never lets a text become markup', async () => {
    const plain = await parsed(madeUp());
    const attacked = await parsed(madeUp(`"><script>alert(1)</script>]]>--><style>*{}</style>`));
    const names = (page: typeof plain) => elements(page.document, '*').map(({ tagName }) => tagName);
    expect(names(attacked)).toEqual(names(plain));
  });

  it('draws a single run and equal figures on an axis that has a length', () => {
    const [lane] = buildHistory(
      storedRuns(1, () => 90),
      [],
    ).lanes;
    const [series] = lane?.series ?? [];
    if (lane === undefined || series === undefined) throw new Error('no series');
    const flat = series.points.map((point) => ({
      ...point,
      quantity: { ...point.quantity, value: 5, interval: [null, null] as [null, null] },
    }));
    const data = mapHistoryData(lane, { ...series, points: flat });
    expect(data?.domain[0]).toBeLessThan(data?.domain[1] ?? 0);
    expect(mapHistoryData(lane, { ...series, points: [] })).toBeNull();
    // Nothing bounds it: its line goes from edge to edge.
    expect(data?.valid.map(({ low, high }) => [low, high])).toEqual([data?.domain]);
  });
});
