import { describe, expect, it } from 'vitest';
import type { Result } from '../model/result.ts';
import { renderJunit } from './render-junit.ts';
import * as other from './testing/build-other-results.ts';
import { buildPassingResult } from './testing/build-result.ts';
import { fillWithText } from './testing/hostile-result.ts';
import { elements, parseMarkup } from './testing/parse-markup.ts';

function read(result: Result) {
  const document = parseMarkup(renderJunit(result), 'text/xml');
  const [root] = elements(document, 'testsuites');
  if (root === undefined) throw new Error('no testsuites');
  const suites = elements(document, 'testsuite');
  return { document, root, suites };
}

const results: [string, Result][] = [
  ['passing', buildPassingResult()],
  ['failing', other.buildFailingResult()],
  ['invalid', other.buildInvalidResult()],
  ['incomplete', other.buildIncompleteResult()],
  ['empty', other.buildEmptyResult()],
  ['hostile', fillWithText(other.buildFailingResult(), '"]]><x>&\u0000\n')],
];

describe.each(results)('JUnit of a %s result', (_, result) => {
  it('is XML whose counts agree with its cases', () => {
    const { root, suites } = read(result);
    for (const holder of [root, ...suites]) {
      for (const [attribute, element] of [
        ['tests', 'testcase'],
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ] as const) {
        expect(Number(holder.getAttribute(attribute))).toBe(elements(holder, element).length);
      }
    }
    expect(root.getAttribute('tests')).toBe(String(1 + result.validity.length + result.findings.length));
  });

  it('is red exactly where the verdict is not a pass', () => {
    const { document } = read(result);
    const red = elements(document, 'failure').length + elements(document, 'error').length;
    expect(red > 0).toBe(result.verdict !== 'pass');
  });
});

describe('JUnit', () => {
  it('has failures for what is broken, errors for what is open, skips for what is not measured', () => {
    const state = (result: Result, name: string) => {
      const found = elements(read(result).document, 'testcase').find((one) => one.getAttribute('name') === name);
      const [child] = found === undefined ? [] : elements(found, '*');
      return child?.tagName ?? 'passed';
    };
    expect(state(other.buildFailingResult(), 'SEC-ISO')).toBe('failure');
    expect(state(other.buildInconclusiveResult(), 'LAT-500-TARGET')).toBe('error');
    expect(state(buildPassingResult(), 'LAT-1KT')).toBe('skipped');
    expect(state(buildPassingResult(), 'SEC-ISO')).toBe('passed');
    expect(state(other.buildInvalidResult(), 'rls-forced')).toBe('error');
  });

  it('keeps the names of its cases whatever the outcome, so that CI can follow them', () => {
    const names = (result: Result) =>
      elements(read(result).document, 'testcase').map((one) => one.getAttribute('name'));
    expect(names(other.buildFailingResult())).toEqual(names(buildPassingResult()));
  });
});

it('JUnit carries the kill matrix as a property', () => {
  const properties = elements(read(buildPassingResult()).document, 'property');
  expect(properties.map((one) => [one.getAttribute('name'), one.getAttribute('value')])).toEqual([
    ['kill-matrix', expect.stringContaining('7 of 7 planted defects were noticed') as string],
  ]);
});
