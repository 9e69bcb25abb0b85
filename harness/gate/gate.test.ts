/** The verdict: fail before inconclusive before pass; what is not gated never counts, and of nothing nothing follows. */
import { describe, expect, it } from 'vitest';
import type { Finding, Validity } from '../model/result.ts';
import { type GateQuestion, gate } from './gate.ts';

function finding(id: string, outcome: Finding['outcome'], gated = true): Finding {
  return {
    id,
    title: id,
    why: 'because',
    source: ['AC-2'],
    gated,
    outcome,
    quantity: null,
    limit: 500,
    unit: 'ms',
    explanation: `said ${outcome}.`,
    needs: outcome === 'inconclusive' ? 'more samples' : null,
    evidence: [],
  };
}

function ask(findings: Finding[], parts: Partial<GateQuestion> = {}) {
  const gates = findings.filter((one) => one.gated).map((one) => one.id);
  return gate({ findings, validity: [], gates, incomplete: null, plantedDefect: null, ...parts });
}

describe('gate', () => {
  it('passes when every gated claim holds', () => {
    const answer = ask([finding('A', 'holds'), finding('B', 'holds')]);
    expect(answer).toEqual({ verdict: 'pass', exitCode: 0, reasons: ['2 of 2 gated claims hold.'] });
  });

  it('fails when one is broken, whatever the others are, and says so first', () => {
    const answer = ask([finding('A', 'holds'), finding('B', 'inconclusive'), finding('C', 'broken')]);
    expect(answer).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(answer.reasons.slice(0, 2)).toEqual([
      'C is broken: said broken.',
      'B is inconclusive: said inconclusive. Needs more samples.',
    ]);
  });

  it('is inconclusive when one is, and none is broken', () => {
    expect(ask([finding('A', 'holds'), finding('B', 'inconclusive')])).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 2,
    });
  });

  it('never counts what is not gated, neither for nor against', () => {
    const apart = [finding('X', 'broken', false), finding('Y', 'holds', false)];
    const answer = ask([finding('A', 'holds'), ...apart]);
    expect(answer.verdict).toBe('pass');
    expect(answer.reasons).toContain('Not gated in this run, and so no part of the verdict: X, Y.');
    expect(answer.reasons).toContain('X is broken, though it was not gated: said broken.');
    expect(ask(apart)).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  });

  it('is inconclusive of nothing', () => {
    expect(ask([])).toEqual({
      verdict: 'inconclusive',
      exitCode: 2,
      reasons: ['No claim was gated: nothing was decided.'],
    });
  });

  it('is inconclusive when a gate of the profile has no finding', () => {
    const answer = ask([finding('A', 'holds')], { gates: ['A', 'B'] });
    expect(answer.verdict).toBe('inconclusive');
    expect(answer.reasons[0]).toContain('B is a gate of this profile');
  });

  it('never passes a run that ended early or carried a planted defect, but lets it fail', () => {
    const early = { incomplete: 'Postgres died' };
    const planted = { plantedDefect: 'slow' };
    for (const parts of [early, planted]) {
      expect(ask([finding('A', 'holds')], parts).verdict).toBe('inconclusive');
      expect(ask([finding('A', 'broken')], parts).verdict).toBe('fail');
    }
  });

  const killed: Validity = {
    ...{ id: 'oom-kills', scope: 'baseline-open', ok: false, observed: 21, limit: 0, unit: 'count' },
    ...{ why: 'Processes killed for memory: postgres (21).', invalidatesRun: true },
  };

  it('never passes a run that a guard made invalid, though every gated claim holds; a leak still fails it', () => {
    const answer = ask([finding('A', 'holds')], { validity: [killed] });
    expect(answer).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(answer.reasons[0]).toBe(
      'The run is invalid: guard oom-kills failed in baseline-open (observed 21, limit 0): Processes killed for memory: postgres (21).',
    );
    expect(ask([finding('SEC-ISO', 'broken')], { validity: [killed] })).toMatchObject({ verdict: 'fail', exitCode: 1 });
  });

  it('passes when such a guard was met', () => {
    expect(ask([finding('A', 'holds')], { validity: [{ ...killed, ok: true, observed: 0 }] }).verdict).toBe('pass');
  });

  it('names the guards that failed', () => {
    const guard: Validity = {
      id: 'generator-cpu',
      scope: 'target',
      ok: false,
      observed: 97,
      limit: 80,
      unit: '%',
      why: 'Busy.',
    };
    const answer = ask([finding('A', 'inconclusive')], {
      validity: [guard, { ...guard, id: 'error-share', ok: true }],
    });
    expect(answer.reasons).toContain('Guard generator-cpu failed in target (observed 97 %, limit 80 %): Busy.');
    expect(answer.reasons.join()).not.toContain('error-share');
  });

  it('says in one line which claims the guards hold back', () => {
    const held = (id: string, ...heldBackBy: string[]) => ({ ...finding(id, 'inconclusive'), heldBackBy });
    const one = ask([held('A', 'swap'), held('B', 'swap'), finding('C', 'inconclusive')]);
    expect(one.reasons).toEqual([
      'C is inconclusive: said inconclusive. Needs more samples.',
      'A and B are inconclusive, whatever the figures say: held back by the guards that failed.',
      '0 of 3 gated claims hold.',
    ]);
    const two = ask([held('A', 'swap'), held('B', 'swap'), held('C', 'swap', 'clock-step')]);
    expect(two.reasons.slice(0, 2)).toEqual([
      'A and B are inconclusive, whatever the figures say: held back by guard swap.',
      'C is inconclusive, whatever the figures say: held back by guard swap, clock-step.',
    ]);
  });
});
