/** Guards of a containerised run: red for a killed child, a death and a list that is missing; a throttled server is no guard's matter. */
import { describe, expect, it } from 'vitest';
import { buildContainer } from '../../claims/testing/build-container.ts';
import { buildEvidence, healthyBlocks } from '../../claims/testing/build-evidence.ts';
import { testThresholds } from '../../claims/testing/test-thresholds.ts';
import { gathered, notGathered } from '../../model/artefact.ts';
import type { Measurement } from '../../model/measurement.ts';
import { readGuards } from './read-guards.ts';

const watched = ['oom-kills', 'containers-restarted'];

/** The rows of the two guards for the target load in containers; every other experiment is healthy. */
function guardsWith(containers: Measurement['artefacts']['containers']) {
  const evidence = buildEvidence();
  evidence.environment.kind = 'containers';
  for (const { measurement } of evidence.blocks) measurement.artefacts.containers = gathered([buildContainer()]);
  const blocks = healthyBlocks('target');
  for (const { measurement } of blocks) measurement.artefacts.containers = containers;
  evidence.blocks = evidence.blocks.filter(({ measurement }) => measurement.experimentId !== 'target').concat(blocks);
  const rows = readGuards(evidence, testThresholds);
  expect(rows.filter(({ scope, ok }) => scope !== 'target' && !ok)).toEqual([]);
  return Object.fromEntries(
    rows.filter(({ id, scope }) => scope === 'target' && watched.includes(id)).map((row) => [row.id, row]),
  );
}

describe('guards of containers', () => {
  it('are met by containers that lived through the block within their limits', () => {
    const rows = guardsWith(gathered([buildContainer(), buildContainer({ name: 'redis' })]));
    expect(rows).toMatchObject({
      'oom-kills': { ok: true, observed: 0 },
      'containers-restarted': { ok: true, observed: 0 },
    });
  });

  it('let a throttled server pass: its limit is part of what is tested', () => {
    const rows = guardsWith(gathered([buildContainer({ throttledPeriods: 200, throttledSeconds: 15 })]));
    expect(Object.values(rows).every(({ ok }) => ok)).toBe(true);
  });

  it('go red for a killed child of a server that lived on, and name the server', () => {
    const rows = guardsWith(gathered([buildContainer({ oomKills: 2 }), buildContainer({ name: 'redis' })]));
    expect(rows['oom-kills']).toMatchObject({ ok: false, observed: 2 });
    expect(rows['oom-kills']?.why).toContain('postgres (2)');
    expect(rows['containers-restarted']?.ok).toBe(true);
  });

  it('go red for a server that ended', () => {
    const rows = guardsWith(gathered([buildContainer({ restarts: 1 })]));
    expect(rows['containers-restarted']).toMatchObject({ ok: false, observed: 1, invalidatesRun: true });
    expect(rows['oom-kills']?.ok).toBe(true);
  });

  it.each<[string, Measurement['artefacts']['containers'], string]>([
    ['could not be watched', notGathered('GONE', 'no engine answered'), 'no engine answered'],
    ['were not watched at all', gathered([]), 'none was watched'],
  ])('have failed when the containers %s', (_, containers, why) => {
    const rows = Object.values(guardsWith(containers));
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => !row.ok && row.observed === null && row.why.includes(why))).toBe(true);
  });

  it('generator-throttled and oom-kills have failed where the control groups of k6 could not be read', () => {
    const blocks = healthyBlocks('target');
    for (const { measurement } of blocks) {
      const { generator } = measurement.artefacts;
      if (generator.ok) generator.value.cgroup = notGathered('GENERATOR_NOT_GATHERED', 'not mounted');
    }
    const failed = readGuards(buildEvidence({ target: blocks }), testThresholds).filter((row) => !row.ok);
    expect(failed.map(({ id }) => id)).toEqual(['generator-throttled', 'oom-kills']);
    expect(failed.every(({ why }) => why.includes('not mounted'))).toBe(true);
  });
});
