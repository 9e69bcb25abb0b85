import { describe, expect, it } from 'vitest';
import type { KillMatrix } from '../../model/kill-matrix.ts';
import { resultSchema } from '../../model/result.ts';
import { buildKillMatrix, recordKillMatrix } from '../../model/testing/build-kill-matrix.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { elements, parseMarkup, textWithout } from '../testing/parse-markup.ts';
import { killMatrixPart } from './kill-matrix.ts';

const [first, ...others] = buildKillMatrix().mutants;
if (first === undefined) throw new Error('the fixture has no mutant');
const survivor = { ...first, outcome: 'survived' as const, killedBy: [], reason: 'no probe saw it' };

async function render(change: Partial<KillMatrix> | null | 'absent' = {}) {
  const result = buildPassingResult();
  if (change === 'absent') delete result.isolation.matrix;
  else {
    const recorded = recordKillMatrix(change ?? {});
    result.isolation.matrix = change === null ? { ...recorded, from: null, matrix: null } : recorded;
  }
  expect(resultSchema.safeParse(result).error).toBeUndefined();
  const { source } = await killMatrixPart(result);
  const document = parseMarkup(`<div>${source}</div>`, 'application/xhtml+xml');
  const [root] = elements(document, 'div');
  const badges = elements(document, 'span').filter((span) => span.getAttribute('class')?.startsWith('outcome'));
  return {
    text: root === undefined ? '' : textWithout(root, ['svg', 'pre']).replace(/\s+/g, ' '),
    badges: badges.map((badge) => badge.textContent ?? ''),
    rows: elements(document, 'tr').map((row) => textWithout(row, []).replace(/\s+/g, ' ')),
    charts: elements(document, 'svg').filter((svg) => svg.getAttribute('class') === 'chart'),
  };
}

describe('killMatrixPart', () => {
  it('says how many defects were noticed, by layer and probe, with charts', async () => {
    const { text, badges, rows, charts } = await render();
    expect(text).toContain('7 of 7 planted defects were noticed by the probes (21 November 2025, 08:00 UTC).');
    expect(badges).toEqual(Array<string>(7).fill('killed'));
    expect(rows.find((row) => row.includes('context-kept'))).toContain('pool: context after a cancelled query');
    expect(
      ['Postgres', 'Redis', 'Vault', 'Service'].filter((layer) => !rows.some((row) => row.includes(layer))),
    ).toEqual([]);
    expect(charts.map((chart) => chart.getAttribute('aria-label'))).toEqual([
      expect.stringContaining('4 of 4 planted defects of Postgres and Redis noticed: 2 by probes of sql'),
      expect.stringContaining('of the service noticed: 1 by probes of api'),
      expect.stringContaining('of Vault noticed: 1 by probes of vault'),
    ]);
  });

  it('puts a survivor first, and names it', async () => {
    const { text, badges, rows } = await render({ mutants: [...others, survivor] });
    expect(text).toContain('6 of 7 planted defects were noticed by the probes; policy-dropped went unseen');
    expect(badges[0]).toBe('survived');
    expect(rows.find((row) => row.includes('policy-dropped'))).toMatch(/no probe saw it.*no probe/);
  });

  it('names the first three killers and counts the others', async () => {
    const [kill] = first.killedBy;
    if (kill === undefined) throw new Error('the first mutant was not killed');
    const killedBy = Array.from({ length: 5 }, (_, index) => ({ ...kill, probe: `sql: probe ${index}` }));
    const { rows } = await render({ mutants: [{ ...first, killedBy }, ...others] });
    const row = rows.find((one) => one.includes('policy-dropped'));
    expect(row).toContain('sql: probe 2');
    expect(row).toContain('and 2 more');
    expect(row).not.toContain('sql: probe 3');
  });

  it('says where comparisons alone saw a mutant, and why no behaviour shows it', async () => {
    const compared = { ...first, seenInConfigurationOnly: true, configurationOnly: 'nobody owns such a table' };
    const { rows } = await render({ mutants: [compared, ...others] });
    expect(rows.find((row) => row.includes('policy-dropped'))).toMatch(
      /why no behaviour shows it: nobody owns such a table.*seen in the configuration only/,
    );
    expect(rows.filter((row) => row.includes('configuration'))).toHaveLength(1);
  });

  it.each<[string, Partial<typeof first>]>([
    ['declared, not measured', { asked: ['sql'] }],
    ['declared, not measured', { layer: 'service', asked: ['api'] }],
    ['through the API: nothing seen', { asked: ['sql', 'api'] }],
    [
      'through the API: seen by foreign id: GET /v1/trades/:id',
      {
        asked: ['sql', 'api'],
        killedBy: first.killedBy
          .map((kill) => ({
            ...kill,
            layer: 'api' as const,
            probe: 'foreign id: GET /v1/trades/:id',
          }))
          .slice(0, 1),
      },
    ],
  ])('says of what hides a mutant from users: %s', async (said, change) => {
    const { rows } = await render({ mutants: [{ ...first, coveredBy: 'service', ...change }, ...others] });
    expect(rows.find((row) => row.includes('policy-dropped'))).toContain(`hidden from users by: service (${said})`);
  });

  it('lists the probes that killed nothing', async () => {
    expect((await render()).text).toContain('1 probe of 10 killed none of them');
    expect((await render()).text).toContain('sql: sequences of another tenant');
  });

  it.each([
    [null, 'None of these probes, mutants and this service is known'],
    ['absent' as const, 'None was recorded'],
  ])('says that there is none, and names the command', async (change, said) => {
    const { text, charts } = await render(change);
    expect(text).toContain(said);
    expect(text).toContain('signoff mutate');
    expect(charts).toEqual([]);
  });

  it('tells what was left out, what could not be planted, and what was red on the intact system', async () => {
    const unapplied = { ...survivor, outcome: 'not-applied' as const, asked: [], reason: 'its pattern is gone' };
    const probes = buildKillMatrix().probes.map((probe, index) => ({ ...probe, violations: index === 0 ? 1 : 0 }));
    const { text, badges } = await render({ mutants: [unapplied, ...others], notTried: ['left-out'], probes });
    expect(text).toContain('policy-dropped could not be planted; 1 not tried; not all was well on the intact system');
    expect(text).toContain('Not tried, and so not shown: left-out.');
    expect(badges).toContain('not applied');
  });
});
