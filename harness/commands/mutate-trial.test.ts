import { describe, expect, it } from 'vitest';
import type { ProbeCount } from '../model/measurement.ts';
import type { Mutant } from '../model/mutant.ts';
import { probeLayers } from '../model/probe-layer.ts';
import { triedProbes } from './kill-matrix-rows.ts';
import { ask, endTrial, newTrial, nextOwnLayers, openLayers, refuse } from './mutate-trial.ts';

const mutant: Mutant = {
  ...{
    id: 'policy-dropped',
    layer: 'postgres',
    title: 'no policy',
    claim: 'SEC-ISO',
    guarantee: 'one',
    seenIn: 'a test',
  },
  ...{ apply: ['select 1'], revert: ['select 1'], coveredBy: 'service' },
};
const look = (layer: ProbeCount['layer'], violations: number, kind: ProbeCount['kind'] = 'probe'): ProbeCount => ({
  ...{ layer, claim: 'SEC-ISO', probe: `${layer}: a probe`, kind, count: 3, violations, undecided: 0 },
  examples: [],
});
const intact = triedProbes(probeLayers.flatMap((layer) => [look(layer, 0), look(layer, 0, 'control')]));

describe('a trial', () => {
  it('is over once the probes of its own layer have seen it', async () => {
    const trial = newTrial(mutant);
    await ask(trial, nextOwnLayers(trial, intact), () => Promise.resolve([look('sql', 2)]));
    expect(openLayers(trial, intact)).toEqual([]);
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({
      ...{ id: 'policy-dropped', outcome: 'killed', asked: ['sql'], coveredBy: 'service', reason: null },
      killedBy: [{ probe: 'sql: a probe', violations: 2 }],
    });
  });

  it('asks every other layer before it calls a mutant a survivor', async () => {
    const trial = newTrial(mutant);
    await ask(trial, nextOwnLayers(trial, intact), () => Promise.resolve([look('sql', 0)]));
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    const open = openLayers(trial, intact);
    expect(open).toEqual(['api', 'redis', 'vault', 'pool', 'telemetry']);
    await ask(trial, open, (layers) => Promise.resolve(layers.map((layer) => look(layer, 0))));
    expect(openLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({ outcome: 'survived', reason: 'no probe saw it' });
  });

  it('asks a layer once more, and no oftener, where a probe of it that decides on the intact system did not', async () => {
    const silent = { ...look('sql', 0), undecided: 3, examples: ['it was busy'] };
    const trial = newTrial(mutant);
    await ask(trial, ['sql'], () => Promise.resolve([silent]));
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    expect(openLayers(trial, intact)).toEqual([...probeLayers]);
    await ask(trial, [...probeLayers], (layers) =>
      Promise.resolve(layers.map((layer) => (layer === 'sql' ? look('sql', 2) : look(layer, 0)))),
    );
    expect(openLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({ outcome: 'killed', killedBy: [{ probe: 'sql: a probe' }] });

    const never = newTrial(mutant);
    await ask(never, ['sql'], () => Promise.resolve([silent]));
    await ask(never, [...probeLayers], (layers) =>
      Promise.resolve(layers.map((layer) => (layer === 'sql' ? silent : look(layer, 0)))),
    );
    expect(openLayers(never, intact)).toEqual([]);
    expect(endTrial(never, intact)).toMatchObject({
      outcome: 'survived',
      asked: ['sql', ...probeLayers.filter((layer) => layer !== 'sql')],
      reason: 'no probe saw it; without an answer that decides: sql: a probe (it was busy)',
    });

    const elsewhere = newTrial<Mutant>({ ...mutant, mustBeSeenBy: ['sql'] });
    await ask(elsewhere, ['sql', 'api'], () => Promise.resolve([silent, look('api', 1)]));
    expect(openLayers(elsewhere, intact)).toEqual(['sql']);
  });

  it('of the service goes on to the pool and to what is told to operators where the API shows nothing', async () => {
    const trial = newTrial<Mutant>({
      ...{ id: 'body-logged', layer: 'service', title: 'x', claim: 'SEC-ISO', guarantee: 'one', seenIn: 'a test' },
      replacements: [{ file: 'server.ts', pattern: 'x', replacement: 'y' }],
    });
    expect(nextOwnLayers(trial, intact)).toEqual(['api']);
    await ask(trial, ['api'], () => Promise.resolve([look('api', 0)]));
    expect(nextOwnLayers(trial, intact)).toEqual(['pool', 'telemetry']);
    await ask(trial, ['pool', 'telemetry'], () => Promise.resolve([look('telemetry', 1)]));
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({ outcome: 'killed', asked: ['api', 'pool', 'telemetry'] });
  });

  it('goes on until every layer that must see it by itself was asked, also where another one saw it at once', async () => {
    const trial = newTrial<Mutant>({ ...mutant, mustBeSeenBy: ['sql', 'pool'] });
    expect(nextOwnLayers(trial, intact)).toEqual(['sql']);
    await ask(trial, ['sql'], () => Promise.resolve([look('sql', 2)]));
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    expect(openLayers(trial, intact)).toEqual(['pool']);
    await ask(trial, ['pool'], () => Promise.resolve([look('pool', 1)]));
    expect(openLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({ outcome: 'killed', asked: ['sql', 'pool'] });
  });

  it('begins with those of its own layer that must see it, and then asks all others only where they did not', async () => {
    const logged: Mutant = {
      ...{ id: 'body-logged', layer: 'service', title: 'x', claim: 'SEC-ISO', guarantee: 'one', seenIn: 'a test' },
      ...{
        replacements: [{ file: 'server.ts', pattern: 'x', replacement: 'y' }],
        mustBeSeenBy: ['telemetry', 'redis'],
      },
    };
    const seen = newTrial(logged);
    expect(nextOwnLayers(seen, intact)).toEqual(['telemetry']);
    await ask(seen, ['telemetry'], () => Promise.resolve([look('telemetry', 1)]));
    expect(nextOwnLayers(seen, intact)).toEqual([]);
    expect(openLayers(seen, intact)).toEqual(['redis']);
    const unseen = newTrial(logged);
    await ask(unseen, ['telemetry'], () => Promise.resolve([look('telemetry', 0)]));
    expect(nextOwnLayers(unseen, intact)).toEqual([]);
    await ask(unseen, ['redis'], () => Promise.resolve([look('redis', 0)]));
    expect(nextOwnLayers(unseen, intact)).toEqual(['api']);
    expect(openLayers(unseen, intact)).toEqual(['api', 'sql', 'vault', 'pool']);
  });

  it('goes on where comparisons alone saw it, until every layer was asked or one sees what it does', async () => {
    const compared = { ...look('sql', 1), basis: 'configuration' as const };
    const trial = newTrial<Mutant>({ ...mutant, configurationOnly: 'nobody owns such rows' });
    await ask(trial, nextOwnLayers(trial, intact), () => Promise.resolve([compared]));
    const open = openLayers(trial, intact);
    expect(open).toEqual(['api', 'redis', 'vault', 'pool', 'telemetry']);
    await ask(trial, open, (layers) => Promise.resolve(layers.map((layer) => look(layer, 0))));
    expect(openLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({
      ...{ outcome: 'killed', seenInConfigurationOnly: true, configurationOnly: 'nobody owns such rows' },
    });
    const seen = newTrial(mutant);
    await ask(seen, ['sql'], () => Promise.resolve([compared]));
    await ask(seen, ['pool'], () => Promise.resolve([look('pool', 1)]));
    expect(openLayers(seen, intact)).toEqual([]);
    expect(endTrial(seen, intact)).not.toHaveProperty('seenInConfigurationOnly');
  });

  it('is not begun where the mutant could not be planted', () => {
    const trial = newTrial(mutant);
    refuse(trial, new Error('its table is gone'));
    expect(nextOwnLayers(trial, intact)).toEqual([]);
    expect(openLayers(trial, intact)).toEqual([]);
    expect(endTrial(trial, intact)).toMatchObject({ outcome: 'not-applied', asked: [], reason: 'its table is gone' });
  });
});
