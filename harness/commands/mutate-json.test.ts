import { expect, it } from 'vitest';
import { buildKillMatrix } from '../model/testing/build-kill-matrix.ts';
import { mutateJson } from './mutate-json.ts';

it('has five entries a mutant, with the probes that killed it by name, and what it amounts to', () => {
  const matrix = buildKillMatrix();
  const document = mutateJson(matrix, 0);
  expect(Object.keys(document)).toEqual('mutants probes idle unsound notTried wallMs verdict exitCode'.split(' '));
  expect(document.mutants).toHaveLength(matrix.mutants.length);
  expect(document.mutants.find(({ id }) => id === 'shared-cache')).toStrictEqual({
    id: 'shared-cache',
    layer: 'service',
    outcome: 'killed',
    seenInConfigurationOnly: false,
    killedBy: ['foreign id: GET /v1/trades/:id', 'cached exposure of another tenant'],
  });
  expect(document).toMatchObject({
    idle: [{ layer: 'sql', probe: 'sql: sequences of another tenant' }],
    unsound: [],
    notTried: [],
    verdict: 'pass',
    exitCode: 0,
  });
});

it('says nothing of idle probes where only some mutants were tried', () => {
  const document = mutateJson({ ...buildKillMatrix(), notTried: ['left-out'] }, 0);
  expect(document).toMatchObject({ idle: null, notTried: ['left-out'] });
});
