import { describe, expect, it } from 'vitest';
import { ProbeTally } from './probes.ts';

const tags = (result: string, changes: Record<string, string> = {}) => ({
  claim: 'SEC-AUTHN',
  probe: 'token: expired',
  kind: 'probe',
  result,
  ...changes,
});

describe('ProbeTally', () => {
  it('tells violations from what says nothing', () => {
    const tally = new ProbeTally();
    for (const result of ['ok', 'ok', 'violation', 'undecided']) tally.add(tags(result), 1, undefined);
    expect(tally.counts()).toMatchObject([{ count: 4, violations: 1, undecided: 1 }]);
  });

  it('keeps a probe that was declared and never ran, and counts nothing of it as sent', () => {
    const tally = new ProbeTally();
    tally.add(tags('undecided'), 0, undefined);
    tally.add(tags('undecided', { kind: 'control' }), 0, undefined);
    tally.add(tags('ok', { kind: 'control' }), 1, undefined);
    const [control, probe] = tally.counts();
    expect(control).toMatchObject({ kind: 'control', count: 1, undecided: 0, examples: [] });
    expect(probe).toMatchObject({ kind: 'probe', count: 0, undecided: 0, violations: 0 });
    expect(probe?.examples[0]).toMatch(/never sent: declared .* not run/);
  });

  it('counts a result that it does not know as undecided, never as ok', () => {
    const tally = new ProbeTally();
    tally.add(tags('fine'), 1, undefined);
    expect(tally.counts()).toMatchObject([{ count: 1, undecided: 1 }]);
  });

  it('keeps a few different examples', () => {
    const tally = new ProbeTally();
    for (let index = 0; index < 100; index += 1) tally.add(tags('violation'), 1, `example ${index % 9}`);
    expect(tally.counts()[0]?.examples).toEqual(['example 0', 'example 1', 'example 2', 'example 3', 'example 4']);
  });

  it('shows examples of violations before what stayed undecided', () => {
    const tally = new ProbeTally();
    for (let index = 0; index < 10; index += 1) tally.add(tags('undecided'), 1, `no answer ${index}`);
    tally.add(tags('violation'), 1, 'a leak');
    expect(tally.counts()[0]?.examples.slice(0, 2)).toEqual(['a leak', 'no answer 0']);
  });

  it('refuses a claim that is not in the model', () => {
    expect(() => new ProbeTally().add(tags('ok', { claim: 'SEC-NEW' }), 1, undefined)).toThrow();
  });
});
