/** AC-1: what came up, in which versions, and how fast. */
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../model/claim.ts';
import { ac1 } from './ac-1.ts';
import { buildEvidence } from './testing/build-evidence.ts';
import { testThresholds } from './testing/test-thresholds.ts';

function judge(change: (evidence: Evidence) => void) {
  const evidence = buildEvidence();
  change(evidence);
  return ac1.judge(evidence, testThresholds);
}

describe('AC-1', () => {
  it('holds for an environment that came up by itself', () => {
    expect(judge(() => undefined)).toMatchObject({ outcome: 'holds', quantity: { value: 9, unit: 's', samples: 1 } });
  });

  it('is broken when it took longer than by hand', () => {
    expect(judge((evidence) => (evidence.environmentReadyMs = 3_700_000)).outcome).toBe('broken');
  });

  it('is broken by a Postgres that is too old', () => {
    expect(judge((evidence) => (evidence.environment.versions['postgres'] = '13.9'))).toMatchObject({
      outcome: 'broken',
      explanation: expect.stringContaining('asked for postgres 14 or later') as string,
    });
  });

  it('is inconclusive when nothing was looked at, or a version is unknown', () => {
    expect(judge((evidence) => (evidence.prerequisites = [])).outcome).toBe('inconclusive');
    expect(judge((evidence) => delete evidence.environment.versions['vault'])).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('vault') as string,
    });
  });

  it('shows a prerequisite that is missing with what fixes it', () => {
    const judgement = judge((evidence) => {
      evidence.prerequisites.push({
        id: 'engine',
        title: 'Containers',
        ok: false,
        found: 'none',
        where: null,
        fix: 'apt install podman',
      });
    });
    expect(judgement.evidence?.at(-1)).toMatchObject({ label: 'Containers', note: 'none; to fix: apt install podman' });
  });
});
