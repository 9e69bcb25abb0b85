import { describe, expect, it } from 'vitest';
import { buildPassingResult } from '../testing/build-result.ts';
import { elements, parseMarkup } from '../testing/parse-markup.ts';
import { isolationSection } from './isolation.ts';

function firstRow() {
  const [first] = buildPassingResult().isolation.rows;
  if (first === undefined) throw new Error('the fixture has no probes');
  return first;
}

const row = firstRow();

/** The words of the column State, in the order of the table. */
async function states(changes: Partial<typeof row>[]): Promise<string[]> {
  const result = buildPassingResult();
  result.isolation.rows = changes.map((change) => ({ ...row, ...change }));
  delete result.isolation.matrix;
  const { body } = await isolationSection(result);
  const section = parseMarkup(`<div>${body.source}</div>`, 'application/xhtml+xml');
  const badges = elements(section, 'span').filter((span) => span.getAttribute('class')?.startsWith('outcome'));
  return badges.map((badge) => badge.textContent ?? '');
}

describe('isolationSection', () => {
  it('calls only a controlled and answered probe free of leaks', async () => {
    expect(await states([{}])).toEqual(['none seen']);
    expect(await states([{ controls: 0 }])).toEqual(['undecided']);
    expect(await states([{ controlFailures: 1 }])).toEqual(['undecided']);
    expect(await states([{ undecided: row.probes }])).toEqual(['undecided']);
    expect(await states([{ leaks: 1, controls: 0 }])).toEqual(['leak']);
  });

  it('says in words what was declared and never sent, and counts none of it as sent', async () => {
    const result = buildPassingResult();
    const unsent = { ...row, probe: 'skipped', probes: 0, leaks: 0, undecided: 0, controls: 0, controlFailures: 0 };
    result.isolation = {
      ...result.isolation,
      probes: 40,
      rows: [{ ...row, probes: 40, undecided: 0, controls: 3 }, unsent],
    };
    delete result.isolation.matrix;
    const { body } = await isolationSection(result);
    const section = parseMarkup(`<div>${body.source}</div>`, 'application/xhtml+xml');
    const cells = elements(section, 'td').map((cell) => cell.textContent ?? '');
    expect(cells).toContain('never sent');
    expect(body.source).toContain('40 probes of 1 kind were sent');
    expect(body.source).toContain('3 controls with an answer that decides');
    expect(body.source).toContain('1 kind declared and never sent.');
  });

  it('puts what needs attention first', async () => {
    expect(await states([{}, { controls: 0 }, { leaks: 2 }])).toEqual(['leak', 'undecided', 'none seen']);
  });

  it('folds away the kinds that saw nothing, with their sums before them, and never those that did', async () => {
    const result = buildPassingResult();
    const green = { ...row, probes: 40, leaks: 0, undecided: 0, controls: 2, controlFailures: 0, examples: [] };
    result.isolation.rows = [
      { ...green, probe: 'first' },
      { ...green, probe: 'second' },
      { ...green, probe: 'leaking', leaks: 1 },
    ];
    delete result.isolation.matrix;
    const { body } = await isolationSection(result);
    const [open = '', folded = ''] = body.source.split('<details class="reference">');
    expect(
      [open, folded].map((part) => ['first', 'second', 'leaking'].filter((probe) => part.includes(probe))),
    ).toEqual([['leaking'], ['first', 'second']]);
    const section = parseMarkup(`<div>${body.source}</div>`, 'application/xhtml+xml');
    const sums = elements(section, 'td').map((cell) => cell.textContent ?? '');
    expect(sums).toEqual(expect.arrayContaining(['2', '80', '4']));
  });
});
