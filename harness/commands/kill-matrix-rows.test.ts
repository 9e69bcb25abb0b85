import { describe, expect, it } from 'vitest';
import type { ProbeCount } from '../model/measurement.ts';
import { findKills, judgeMutant, triedProbes } from './kill-matrix-rows.ts';

const name = 'sql: select from trades of another tenant';
const look = (change: Partial<ProbeCount> = {}): ProbeCount => ({
  ...{ layer: 'sql', claim: 'SEC-ISO', probe: name, kind: 'probe', count: 3, violations: 0, undecided: 0 },
  examples: [],
  ...change,
});
const control = (change: Partial<ProbeCount> = {}) => look({ kind: 'control', ...change });
const intact = triedProbes([look(), control()]);
const leak = look({ violations: 2, examples: ['saw 2 foreign rows', 'saw 3 foreign rows'] });
const real = {};

describe('triedProbes', () => {
  it('adds up looks and controls of a probe', () => {
    const [row, ...others] = triedProbes([look(), control({ undecided: 1 }), look({ undecided: 1 }), control()]);
    expect(row).toEqual({
      ...{ probe: name, layer: 'sql', claim: 'SEC-ISO', count: 6, violations: 0, undecided: 1 },
      ...{ controls: 5, controlFailures: 0, example: null },
    });
    expect(others).toEqual([]);
  });

  it('keeps probes of one name in two layers apart, and an example of what went wrong', () => {
    const rows = triedProbes([look(), look({ layer: 'pool', violations: 1, examples: ['a foreign row'] })]);
    expect(rows.map(({ layer, violations, example }) => [layer, violations, example])).toEqual([
      ['sql', 0, null],
      ['pool', 1, 'a foreign row'],
    ]);
    const refused = control({ violations: 1, examples: ['status 404'] });
    expect(triedProbes([look(), refused])).toMatchObject([{ controlFailures: 1, example: 'status 404' }]);
  });
});

describe('findKills', () => {
  it('is a violation of a probe that was sound on the intact system', () => {
    expect(findKills(intact, [leak, control()])).toEqual([
      { probe: name, layer: 'sql', violations: 2, count: 3, example: 'saw 2 foreign rows' },
    ]);
  });

  it.each<[string, ProbeCount[]]>([
    ['all is well', [look(), control()]],
    ['a control fails', [look(), control({ violations: 3 })]],
    ['there is no answer', [look({ undecided: 3 }), control({ undecided: 3 })]],
    ['a probe of another layer bears the name', [look({ layer: 'pool', violations: 1 })]],
    ['the probe is unknown on the intact system', [look({ probe: 'sql: of another kind', violations: 1 })]],
  ])('is none where %s', (_, seen) => {
    expect(findKills(intact, seen)).toEqual([]);
  });

  it.each<[string, ProbeCount[]]>([
    ['raised an alarm', [look({ violations: 1 }), control()]],
    ['refused the owner', [look(), control({ violations: 1 })]],
    ['had no control', [look()]],
    ['had no answer', [look({ undecided: 3 }), control()]],
  ])('is none by a probe that on the intact system %s', (_, before) => {
    expect(findKills(triedProbes(before), [leak])).toEqual([]);
  });
});

describe('judgeMutant', () => {
  const kills = findKills(intact, [leak]);

  it('is killed by what noticed it, also where its file says that nobody could', () => {
    expect(judgeMutant(real, kills, [leak])).toEqual({ outcome: 'killed', killedBy: kills, reason: null });
    expect(judgeMutant({ equivalent: 'it changes nothing' }, kills, [leak]).outcome).toBe('killed');
  });

  it('is equivalent with the reason of its file where nobody noticed it', () => {
    expect(judgeMutant({ equivalent: 'it changes nothing' }, [], [look()])).toEqual({
      outcome: 'equivalent',
      killedBy: [],
      reason: 'it changes nothing',
    });
  });

  it('survives where a layer that must see it by itself did not, whoever else saw it, and names the layer', () => {
    const silent = look({ layer: 'pool', undecided: 3, examples: ['no connection'] });
    const judged = judgeMutant({ mustBeSeenBy: ['sql', 'pool'] }, kills, [leak, silent]);
    expect(judged).toMatchObject({ outcome: 'survived', killedBy: [] });
    expect(judged.reason).toMatch(
      /^no probe of the layer pool.*no connection.*1 of other layers did, such as sql: select/,
    );
    const ofPool = { ...leak, layer: 'pool' as const };
    const both = findKills(
      triedProbes([look(), control(), { ...look(), layer: 'pool' }, { ...control(), layer: 'pool' }]),
      [leak, ofPool],
    );
    expect(judgeMutant({ mustBeSeenBy: ['sql', 'pool'] }, both, [leak, ofPool]).outcome).toBe('killed');
  });

  it.each<[string, ProbeCount[], RegExp]>([
    ['all is well', [look(), control()], /^no probe saw it$/],
    [
      'only controls failed',
      [look(), control({ violations: 1, examples: ['status 500'] })],
      /controls failed.*status 500/,
    ],
    ['nothing was answered', [look({ undecided: 3 })], /without an answer that decides: sql: select/],
    ['only an unsound probe saw it', [leak], /not sound on the intact system.*saw 2 foreign rows/],
  ])('survives where %s, and says so', (_, seen, reason) => {
    const judged = judgeMutant(real, [], seen);
    expect(judged.outcome).toBe('survived');
    expect(judged.reason).toMatch(reason);
  });
});

describe('a mutant that comparisons alone see', () => {
  const compared = look({ probe: 'sql: one forced policy on trades', violations: 1, basis: 'configuration' });
  const both = triedProbes([look(), control(), look({ probe: compared.probe }), control({ probe: compared.probe })]);

  it('is killed, in the configuration only', () => {
    const kills = findKills(both, [compared]);
    expect(kills).toMatchObject([{ basis: 'configuration' }]);
    expect(judgeMutant(real, kills, [compared])).toMatchObject({ outcome: 'killed', seenInConfigurationOnly: true });
  });

  it('is not one where some probe saw what it does', () => {
    const seen = [compared, leak];
    expect(judgeMutant(real, findKills(both, seen), seen)).not.toHaveProperty('seenInConfigurationOnly');
  });
});
