import { describe, expect, it } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import { type K6Job, k6Arguments, k6Environment, scriptVariables } from './k6-command.ts';

const experiment: Experiment = {
  id: 'rls-cost',
  hypothesis: '',
  scenario: { id: 'rls-cost', title: '', script: 'rls-cost.ts', workload: { kind: 'open', ratePerSecond: 40 } },
  arms: ['rls', 'filter'],
  blocks: 6,
  warmUpMs: 1_500,
  durationMs: 8_500,
  order: 'interleaved',
  seed: 7,
};

const job: K6Job = {
  experiment,
  block: 2,
  services: [
    { arm: 'filter', slot: 0, url: 'http://127.0.0.1:2', pid: null },
    { arm: 'rls', slot: 1, url: 'http://127.0.0.1:1', pid: null },
    { arm: 'bare', slot: 2, url: 'http://127.0.0.1:3', pid: null },
  ],
  manifestPath: '/m.json',
  scenariosDirectory: '/s',
  tokensPath: null,
};

describe('scriptVariables', () => {
  it('gives the first arm as the base and only the arms of the experiment', () => {
    expect(scriptVariables(job)).toEqual({
      BASE_URL: 'http://127.0.0.1:1',
      ARM: 'rls',
      ARMS: '{"filter":"http://127.0.0.1:2","rls":"http://127.0.0.1:1"}',
      MANIFEST: '/m.json',
      RATE: '40',
      WARM_UP: '1500ms',
      DURATION: '8500ms',
      SEED: '7002',
    });
  });

  it('gives users and think time to closed load, and tokens where there are some', () => {
    const workload = { kind: 'closed', users: 500, thinkTimeMs: 1_000 } as const;
    const closed = { ...experiment, scenario: { ...experiment.scenario, workload } };
    const variables = scriptVariables({ ...job, experiment: closed, tokensPath: '/t.json' });
    expect(variables).toMatchObject({ USERS: '500', THINK_TIME_MS: '1000', TOKENS: '/t.json' });
    expect(variables).not.toHaveProperty('RATE');
  });
});

describe('k6Arguments and k6Environment', () => {
  it('end with the script and take nothing of the user’s own settings', () => {
    expect(k6Arguments(job).at(-1)).toBe('/s/rls-cost.ts');
    expect(Object.keys(k6Environment('/home', 2)).filter((name) => name.startsWith('K6_'))).toEqual([
      'K6_CSV_TIME_FORMAT',
      'K6_CSV_SAVE_INTERVAL',
    ]);
  });
});
