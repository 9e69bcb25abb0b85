import { describe, expect, it } from 'vitest';
import type { Quantity } from '../model/quantity.ts';
import { buildSelftest } from '../report/testing/build-selftest.ts';
import { caseLine, quantityInWords, summaryLines } from './selftest-lines.ts';

const ratio: Quantity = {
  ...{ value: 1.0526, unit: 'ratio', direction: 'lower-is-better', samples: 6, confidence: 0.99 },
  interval: [1.041, 1.066],
};
const plain = { colour: false };

function caseOf(id: string) {
  const found = buildSelftest().selftest.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

describe('a case on the terminal', () => {
  it.each([
    [ratio, 1.02, '+5.26 % (between +4.1 % and +6.6 %, limit +2 %)'],
    [{ ...ratio, interval: [1.041, null] as [number, null] }, null, '+5.26 % (at least +4.1 %)'],
    [{ ...ratio, interval: [null, 1.066] as [null, number] }, 1.02, '+5.26 % (at most +6.6 %, limit +2 %)'],
    [
      { ...ratio, unit: 'count' as const, value: 2.5, interval: [1, 4] as [number, number] },
      0,
      '2.5 (between 1 and 4, limit 0)',
    ],
  ])('says a quantity and its interval in words', (quantity, limit, text) => {
    expect(quantityInWords(quantity, limit)).toBe(text);
  });

  it('is one line where it went as it should', () => {
    expect(caseLine(caseOf('busy-cpu'))).toBe(
      '  ✔ busy-cpu          found by CMP-MEDIAN: +5.2 % (between +4 % and +6.4 %, limit +2 %) (6 blocks, 1 min 14 s)\n',
    );
    expect(caseLine(caseOf('identical'))).toContain('✔ identical         quiet: +0.2 %');
    expect(caseLine(caseOf('extra-query'))).toContain('; also broken: CMP-CPU');
  });

  it('says why where it did not', () => {
    const missed = { ...caseOf('busy-cpu'), outcome: 'missed' as const, explanation: 'CMP-MEDIAN is undecided.' };
    expect(caseLine(missed)).toMatch(/^ {2}✘ busy-cpu +MISSED by CMP-MEDIAN: .*\n {4}CMP-MEDIAN is undecided\.\n$/);
    expect(caseLine({ ...missed, invalid: 'guard swap failed.' })).toMatch(/^ {2}\? busy-cpu +MISSED/);
  });

  it('counts what was found although a guard failed, and says so', () => {
    const line = caseLine({ ...caseOf('busy-cpu'), invalid: 'guard foreign-cpu failed.' });
    expect(line).toMatch(
      /^ {2}✔ busy-cpu .*\n {4}Meanwhile guard foreign-cpu failed\. That could only have hidden the difference: it counts as found\.\n$/,
    );
    const alarm = { ...caseOf('identical'), outcome: 'false-alarm' as const, invalid: 'guard foreign-cpu failed.' };
    expect(caseLine(alarm)).toContain('✘ identical');
  });

  it('names what stayed undecided of identical arms', () => {
    expect(caseLine({ ...caseOf('identical'), open: ['CMP-TAIL'] })).toContain('; undecided: CMP-TAIL (');
  });
});

describe('the summary', () => {
  it('counts what was found, and says what was not tried', () => {
    const { selftest } = buildSelftest();
    const text = summaryLines(plain, { ...selftest, notTried: ['held-lock'] }, 'pass');
    expect(text).toContain('PASS  4 of 4 regressions found, identical arms quiet, 14 min 00 s');
    expect(text).toContain('not tried: held-lock');
  });

  it('claims nothing that was not tried', () => {
    const { selftest } = buildSelftest();
    const only = (...ids: string[]) => {
      const cases = selftest.cases.filter(({ id }) => ids.includes(id));
      return summaryLines(plain, { ...selftest, cases, notTried: ['held-lock'] }, 'pass');
    };
    expect(summaryLines(plain, selftest, 'pass')).toContain(
      'This gate goes red here for what it should, and stays green for identical programs.',
    );
    expect(only('extra-query', 'busy-cpu')).toContain(
      'This gate goes red here for busy-cpu and extra-query. Whether it stays green for identical programs was not tried.',
    );
    expect(only('extra-query', 'identical')).toContain(
      'This gate goes red here for extra-query, and stays green for identical programs.',
    );
    expect(only('identical')).toContain('This gate stays green here for identical programs. Whether it goes red was');
    expect(only('identical')).not.toContain('of 0');
  });

  it('does not call quiet what proves nothing', () => {
    const { selftest } = buildSelftest();
    const cases = selftest.cases.map((one) => (one.claim === null ? { ...one, invalid: 'guard swap failed.' } : one));
    expect(summaryLines(plain, { ...selftest, cases }, 'inconclusive')).toContain('identical arms prove nothing');
  });
});
