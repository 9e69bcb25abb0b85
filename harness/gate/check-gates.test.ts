/** Mistakes in gates of one's own: each is told with its place, what was given and what is allowed, all of them together. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import { policyGates } from '../model/policy-gates.ts';
import { checkGates } from './check-gates.ts';
import { parseThresholds } from './parse-thresholds.ts';

const latency = 'http_req_duration{endpoint:trades.list}';
const operators = 'operators are < <= > >= == === !=';

describe('checkGates', () => {
  it('takes the grammar of k6', () => {
    const gates = {
      [latency]: ['p(99)<500', 'p(95) <= 300', 'med<40', 'avg<20.5', 'min>1', 'max<2000', 'p(99.9)<900'],
      'http_req_failed{ scenario:target , "tier":"pro" }': [
        'rate<0.01',
        { threshold: 'rate<0.02', abortOnFail: false },
      ],
      'http_reqs{experiment:target,status:500}': ['count==0', 'count!=3', 'rate<1'],
      http_reqs: [{ aggregation: 'rate', limit: 100, unit: '1/s', level: 'warn', confidence: 0.99 }],
      http_req_duration: [{ aggregation: 'p(99)', relativeTo: 'baseline', limitRatio: 1.25, floor: 5 }],
    };
    expect(checkGates(gates, ['target'])).toEqual([]);
    const read = policyGates(parseThresholds({ ...testThresholds, gates }, 'thresholds.json'));
    expect(read).toHaveLength(14);
    expect(read.map(({ id }) => id)).toContain('http_req_failed{scenario:target,tier:pro} rate<0.01');
    expect(read.find(({ figure }) => figure.startsWith('http_req_failed'))).toMatchObject({
      unit: '%',
      condition: { operator: '<', limit: 1 },
    });
  });

  it.each<[string, unknown, string]>([
    ['http_req_duraton', ['p(99)<500'], ' has the unknown metric "http_req_duraton"; did you mean http_req_duration?'],
    ['http_req_failed{endpont:x}', ['rate<0.1'], ' has the unknown tag "endpont"; did you mean endpoint?'],
    ['http_reqs{scenario:targt}', ['count>1'], ' has an unknown scenario "targt"; did you mean target?'],
    ['http_reqs{arm:rsl}', ['count>1'], ' has an unknown arm "rsl"; allowed: rls, filter, bare, base, candidate'],
    ['http_reqs{tier:prp}', ['count>1'], ' has an unknown tier "prp"; did you mean pro?'],
    [
      'http_req_duration{endpoint:nosuch}',
      ['p(99)<500'],
      'gates.http_req_duration{endpoint:nosuch} has an unknown endpoint "nosuch"; allowed: portfolios.list, positions.list',
    ],
    ['http_reqs{endpoint:trades.lst}', ['count>1'], ' has an unknown endpoint "trades.lst"; did you mean trades.list?'],
    [
      'http_reqs{endpoint:quotes.get,scenario:compare}',
      ['count>1'],
      ' has an endpoint that its loads do not send: "quotes.get"; allowed: portfolios.list',
    ],
    ['http_reqs{endpoint:burst}', ['count>1'], '(it is sent by scenario:compare)'],
    ['http_reqs{endpoint:probe,arm:rls}', ['count>1'], '(it is sent by scenario:isolation)'],
    [
      'http_reqs{arm:filter,scenario:target}',
      ['count>1'],
      ' has an arm that target does not load: "filter"; allowed: rls',
    ],
    ['http_reqs{status:99}', ['count>1'], ' with the value "99"; allowed: 100 to 599'],
    [latency, ['p99<500'], '.0 has the unknown aggregation of http_req_duration "p99"; allowed: avg, min'],
    [latency, ['p(100)<500'], '.0 has the percentile "100"; allowed: a number above 0 and below 100'],
    [latency, ['p(99)=500'], `.0 is "p(99)=500"; allowed: aggregation, operator and number`],
    [latency, ['p(99)<x'], operators],
    [latency, ['avg==3'], '.0 has the operator "=="; allowed: <, <=, >, >= (an estimate'],
    [latency, ['p(99)<0'], '.0 has the limit 0; allowed: a time above 0'],
    ['http_req_failed', ['rate<5'], '.0 has the limit 5; allowed: a share from 0 to 1; 1 % is 0.01'],
    ['http_req_failed', ['count<5'], '.0 has the unknown aggregation of http_req_failed "count"; allowed: rate'],
    ['http_reqs', ['count<0.5'], '.0 has the limit 0.5; allowed: a whole number'],
    ['http_reqs', 'rate>1', ' is "rate>1"; allowed: a list of conditions'],
    [latency, [7], '.0 is 7; allowed: a text such as p(99)<500'],
    [latency, ['p(99)<500', 'p(99) < 500'], 'allowed: each gate once'],
    [
      latency,
      [{ threshold: 'p(99)<5', abortOnFail: true }],
      '.0.abortOnFail is true; allowed: false: a load that ends',
    ],
    [
      latency,
      [{ threshold: 'p(99)<5', delayAbortEval: '9s' }],
      '.0.delayAbortEval is not taken: loads are not aborted',
    ],
    [latency, [{ threshold: 'p(99)<5', levl: 'warn' }], '.0.levl is an unknown key; did you mean level?'],
    [latency, [{ threshold: 'p(99)<5', level: 'loud' }], '.0.level is "loud"; allowed: "error" or "warn" or "off"'],
    [latency, [{ aggregation: 'p(99)', limit: 5, unit: '%' }], '.0.unit is "%"; allowed: "ms"'],
    [latency, [{ aggregation: 'p(99)' }], '.0.limit is missing; allowed: a number, or relativeTo without a limit'],
    [latency, [{ threshold: 'p(99)<5', floor: 3 }], '.0.floor is 3; allowed: only beside relativeTo'],
    [latency, [{ threshold: 'p(99)<5', confidence: 1 }], '.0.confidence is 1; allowed: a number from 0.8 to 0.999'],
  ])('refuses %s: %j', (selector, entries, problem) => {
    const problems = checkGates({ [selector]: entries }, ['target', 'baseline', 'compare']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('takes endpoints and arms where they are loaded', () => {
    const selectors = [
      '{endpoint:burst,arm:candidate}',
      '{endpoint:burst,scenario:compare}',
      '{endpoint:orders.create,arm:filter}',
      '{endpoint:probe,scenario:isolation}',
      '{endpoint:trades.next}',
      '{scenario:rls-cost,arm:bare}',
    ];
    const gates = Object.fromEntries(selectors.map((tags) => [`http_reqs${tags}`, ['count>1']]));
    expect(checkGates(gates, ['compare', 'isolation', 'rls-cost'])).toEqual([]);
  });

  it('leaves endpoints alone where the scenarios are not known, such as those of another service', () => {
    expect(checkGates({ 'http_req_duration{endpoint:nosuch,scenario:own,arm:filter}': ['p(99)<500'] }, null)).toEqual(
      [],
    );
    expect(checkGates({ 'http_req_duration{endpoint:nosuch,scenario:own}': ['p(99)<500'] }, ['own'])).toEqual([]);
  });

  it('tells an unknown endpoint beside another mistake, but nothing that the other may explain', () => {
    const told = (tags: string) => checkGates({ [`http_reqs${tags}`]: ['count>1'] }, ['compare']);
    expect(told('{scenario:compar,endpoint:nosuch}').join()).toMatch(/unknown scenario.*unknown endpoint/);
    expect(told('{scenario:compar,endpoint:burst}')).toHaveLength(1);
  });

  it('takes the example of the README', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const example = /```json\n("gates"[^]*?)```/.exec(readme)?.[1] ?? '';
    const { gates } = JSON.parse(`{${example}}`) as { gates: object };
    expect(Object.keys(gates).length).toBeGreaterThan(2);
    expect(checkGates(gates, ['target'])).toEqual([]);
  });

  it('tells all mistakes of the file together, below a mistaken name too', () => {
    const gates = { 'http_req_duraton{endpont:x}': ['p(101)<3'], http_reqs: ['count<0.5', 'rate>'] };
    const policy = { ...testThresholds, gates, extra: 1 };
    expect(() => parseThresholds(policy, 'thresholds.json')).toThrow(/thresholds.json: 6 problems/);
  });
});
