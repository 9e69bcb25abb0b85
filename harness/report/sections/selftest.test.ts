import { describe, expect, it } from 'vitest';
import { recordedSelftestSchema, type RecordedSelftest } from '../../model/selftest.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { buildSelftest } from '../testing/build-selftest.ts';
import { elements, parseMarkup, textWithout } from '../testing/parse-markup.ts';
import { selftestSection } from './selftest.ts';

function render(change: (recorded: RecordedSelftest) => void = () => undefined) {
  const recorded = buildSelftest();
  change(recorded);
  expect(recordedSelftestSchema.safeParse(recorded).error).toBeUndefined();
  return parse(selftestSection({ ...buildPassingResult(), selftest: recorded }).body.source);
}

function parse(source: string) {
  const document = parseMarkup(`<div>${source}</div>`, 'application/xhtml+xml');
  const [root] = elements(document, 'div');
  const text = root === undefined ? '' : textWithout(root, []).replace(/\s+/g, ' ');
  const badges = elements(document, 'span').filter((span) => span.getAttribute('class')?.startsWith('outcome'));
  return { text, badges: badges.map((badge) => `${badge.getAttribute('class') ?? ''}: ${badge.textContent ?? ''}`) };
}

function changeCase(id: string, change: Partial<RecordedSelftest['selftest']['cases'][number]>) {
  return ({ selftest }: RecordedSelftest) => {
    selftest.cases = selftest.cases.map((one) => (one.id === id ? { ...one, ...change } : one));
  };
}

describe('selftestSection', () => {
  it('says when the gate was red, and for what', () => {
    const { text, badges } = render();
    expect(text).toContain(
      'This gate was seen to go red here on 20 November 2025, 09:30 UTC, for busy-cpu, extra-query, slow-tenant and leaking-pool.',
    );
    expect(text).toContain('Identical programs left it quiet.');
    expect(badges).toEqual(['outcome holds: quiet', ...Array<string>(4).fill('outcome holds: found')]);
  });

  it('says that there is none, and names the command', () => {
    const { text } = parse(selftestSection(buildPassingResult()).body.source);
    expect(text).toContain('Nobody has seen this gate go red here');
    expect(text).toContain('signoff selftest');
  });

  it('warns of what was missed', () => {
    const { text, badges } = render(changeCase('busy-cpu', { outcome: 'missed', explanation: 'It was undecided.' }));
    expect(text).toContain('It missed busy-cpu');
    expect(text).toContain('It was undecided.');
    expect(badges).toContain('outcome broken: missed');
  });

  it('warns of a false alarm', () => {
    const { text, badges } = render(changeCase('identical', { outcome: 'false-alarm' }));
    expect(text).toContain('It raised a false alarm');
    expect(text).not.toContain('left it quiet.');
    expect(badges).toContain('outcome broken: false alarm');
  });

  it('does not believe a case whose guards failed', () => {
    const invalid = 'guard foreign-cpu failed.';
    const quiet = render(changeCase('identical', { invalid }));
    expect(quiet.text).toContain('Of identical nothing follows');
    expect(quiet.text).toContain('was not seen.');
    expect(quiet.badges).toContain('outcome inconclusive: quiet');
    const missed = render(changeCase('busy-cpu', { outcome: 'missed', invalid }));
    expect(missed.text).not.toContain('It missed');
    expect(missed.badges).toContain('outcome inconclusive: missed');
  });

  it('counts what was found although a guard failed, in every sentence alike', () => {
    const { text, badges } = render(changeCase('busy-cpu', { invalid: 'guard foreign-cpu failed.' }));
    expect(text).toContain('for busy-cpu, extra-query');
    expect(text).not.toContain('nothing follows');
    expect(text).toContain('Meanwhile guard foreign-cpu failed. That could only have hidden the difference');
    expect(badges).not.toContain('outcome inconclusive: found');
  });

  it('names what stayed undecided of identical programs', () => {
    expect(render(changeCase('identical', { open: ['CMP-TAIL'] })).text).toContain('stayed undecided: CMP-TAIL');
  });

  it('tells a selftest of another method as such, and what was not tried', () => {
    const { text } = render((recorded) => {
      recorded.sameMethod = false;
      recorded.selftest.notTried = ['held-lock', 'small-pool'];
    });
    expect(text).toContain('another method than the one that judged this run');
    expect(render((recorded) => (recorded.samePolicy = false)).text).toContain('It tried other limits');
    expect(text).toContain('Not tried in that selftest, and so not shown: held-lock and small-pool.');
  });
});
