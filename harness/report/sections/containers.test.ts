import { describe, expect, it } from 'vitest';
import type { Result } from '../../model/result.ts';
import { buildContainerResult } from '../testing/build-container-result.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { elements, parseMarkup } from '../testing/parse-markup.ts';
import { containersSection } from './containers.ts';
import { machineSection } from './machine.ts';
import { methodSection } from './method.ts';

function textOf(section: { body: { source: string } } | null): string {
  const document = parseMarkup(`<div>${section?.body.source ?? ''}</div>`, 'application/xhtml+xml');
  const plain = elements(document, 'div')[0]?.textContent ?? '';
  return plain.replace(/[\s\u2009\u202f\u00a0]+/g, ' ');
}

describe('containersSection', () => {
  it('is left out of a run without containers', () => {
    expect(containersSection(buildPassingResult())).toBeNull();
  });

  it('says of which cores a p99 is, where a limit was reached, and only there', () => {
    const text = textOf(containersSection(buildContainerResult()));
    expect(text).toContain(
      'target: service:rls reached its CPU limit in 12.3 % of the periods: this p99 is that of service:rls with 1 core.',
    );
    expect(text.match(/reached its CPU limit in/g)).toHaveLength(1);
    expect(textOf(methodSection(buildContainerResult()))).toContain('Servers reached their CPU limits');
  });

  it.each([
    ['postgres', 0.0499, false],
    ['postgres', 0.05, true],
    ['redis', 0.3, true],
    ['vault', 0.3, false],
  ])('states that %s reached its limit (share %d), and makes it the cause of a p99: %s', (name, share, decides) => {
    const result = buildContainerResult();
    for (const one of result.containers)
      one.throttledShare = one.name === name && one.scenario === 'target' ? share : 0;
    const text = textOf(containersSection(result));
    expect(text).toContain(`target: ${name} reached its CPU limit in`);
    expect(text.includes('this p99 is that of')).toBe(decides);
  });

  it('says first what makes the run invalid, in bold above the table and beside the name', () => {
    const source = containersSection(buildContainerResult())?.body.source ?? '';
    const document = parseMarkup(`<div>${source}</div>`, 'application/xhtml+xml');
    const bold = elements(document, 'b').map(({ textContent }) => textContent);
    expect(bold).toContain('The run is invalid. postgres in target: killed for memory 2 times.');
    expect(source.indexOf('The run is invalid.')).toBeLessThan(source.indexOf('<table'));
    const [use] = elements(document, 'table');
    const heads = use === undefined ? [] : elements(use, 'th').map(({ textContent }) => textContent);
    expect(heads.slice(0, 3)).toEqual(['Container', 'Killed', 'Ended']);
  });

  it('calls no run invalid in which nothing was killed', () => {
    const result = buildContainerResult();
    for (const one of result.containers) one.oomKills = 0;
    expect(textOf(containersSection(result))).not.toContain('The run is invalid.');
  });

  it('says that no limit was reached', () => {
    const result = buildContainerResult();
    for (const one of result.containers) one.throttledShare = 0;
    expect(textOf(containersSection(result))).toContain('No container reached its CPU limit');
    expect(textOf(containersSection(result))).not.toContain('what made these latencies');
    expect(textOf(methodSection(result))).not.toContain('reached their CPU limits');
  });

  it('shows use beside limit, and that there is none', () => {
    const text = textOf(containersSection(buildContainerResult()));
    for (const part of ['0.87 of 1', '87.1 %', '381 MiB of 1.00 GiB', '0.61, no limit', '381 MiB, no limit']) {
      expect(text).toContain(part);
    }
  });

  it('says that none was watched rather than nothing', () => {
    const result: Result = { ...buildContainerResult(), containers: [] };
    expect(textOf(containersSection(result))).toContain('No container was watched');
  });

  it('names images and limits', () => {
    const text = textOf(containersSection(buildContainerResult()));
    for (const part of ['postgres:18.4-trixie', '1.5 cores', '0.5 cores', 'none']) expect(text).toContain(part);
  });
});

describe('machineSection', () => {
  it('names the engine and the way of the requests', () => {
    const text = textOf(machineSection(buildContainerResult()));
    for (const part of ['docker 28.5.1 with Compose 2.40.2', 'a proxy process']) expect(text).toContain(part);
  });

  it('has none of it for a run without containers', () => {
    expect(textOf(machineSection(buildPassingResult()))).not.toMatch(/Engine|Published ports/);
  });
});
