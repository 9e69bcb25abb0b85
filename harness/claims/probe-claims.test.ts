/** The claims of zero tolerance: one violation breaks them, and probes that prove nothing never let them hold. */
import { describe, expect, it } from 'vitest';
import { notGathered } from '../model/artefact.ts';
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { RecordedKillMatrix } from '../model/kill-matrix.ts';
import { buildKillMatrix, recordKillMatrix } from '../model/testing/build-kill-matrix.ts';
import { secAuthn } from './sec-authn.ts';
import { secAuthz } from './sec-authz.ts';
import { secIso } from './sec-iso.ts';
import { buildEvidence, healthyBlocks, healthyProbes } from './testing/build-evidence.ts';
import { testThresholds } from './testing/test-thresholds.ts';

/** Healthy evidence, with the probes of the isolation experiment changed. */
function evidenceWith(change: (probes: ProbeCount[]) => ProbeCount[]): Evidence {
  const blocks = healthyBlocks('isolation');
  for (const { measurement } of blocks) {
    measurement.artefacts.probes = { ok: true, value: change(structuredClone([...healthyProbes])) };
  }
  return buildEvidence({ isolation: blocks });
}

function changing(claim: string, kind: ProbeCount['kind'], change: Partial<ProbeCount>): Evidence {
  return evidenceWith((probes) =>
    probes.map((one) =>
      one.claim === claim && one.kind === kind && one.probe !== 'response-tenant' ? { ...one, ...change } : one,
    ),
  );
}

describe.each([secIso, secAuthn, secAuthz])('$id', (claim) => {
  it('holds when nothing leaked and every control was let in', () => {
    const judgement = claim.judge(buildEvidence(), testThresholds);
    expect(judgement.outcome).toBe('holds');
    expect(judgement.quantity).toMatchObject({ value: 0, unit: 'count', interval: [0, null] });
  });

  it('is broken by one violation, with an example', () => {
    const evidence = changing(claim.id, 'probe', { violations: 1, examples: ['saw cnry_0123456789ab'] });
    expect(claim.judge(evidence, testThresholds)).toMatchObject({
      outcome: 'broken',
      quantity: { value: 1 },
      explanation: expect.stringContaining('for instance saw cnry_0123456789ab') as string,
    });
  });

  it('is broken by a violation even when controls were refused', () => {
    const evidence = evidenceWith((probes) => probes.map((one) => ({ ...one, violations: 1 })));
    expect(claim.judge(evidence, testThresholds).outcome).toBe('broken');
  });

  it.each<[string, Partial<ProbeCount>, ProbeCount['kind'], RegExp]>([
    [
      'a control was refused',
      { violations: 2, examples: ['status 404'] },
      'control',
      /A control was refused.*status 404/,
    ],
    ['no control was answered', { undecided: 20 }, 'control', /without a control that was let in/],
    ['a declared probe never ran', { count: 0 }, 'probe', /without a single answer that decides.*never sent/],
    [
      'no probe got an answer that says anything',
      { count: 40, undecided: 40 },
      'probe',
      /without a single answer that decides/,
    ],
  ])('is inconclusive when %s', (_, change, kind, reason) => {
    expect(claim.judge(changing(claim.id, kind, change), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it.each<[string, Partial<ProbeCount>, ProbeCount['kind'], RegExp]>([
    [
      'never sent',
      { count: 0 },
      'probe',
      /60 of 6\d kinds without a single answer that decides \(60 of them never sent\)/,
    ],
    ['not controlled', { undecided: 20 }, 'control', /60 of 6\d kinds without a control that was let in/],
    ['refused', { violations: 1 }, 'control', /60 of 6\d kinds, for instance/],
  ])('names three of many kinds that are %s', (_, change, kind, reason) => {
    const evidence = evidenceWith((probes) => {
      const [one, its] = ['probe' as const, 'control' as const].map((wanted) =>
        probes.find((each) => each.claim === claim.id && each.kind === wanted && each.probe !== 'response-tenant'),
      );
      if (one === undefined || its === undefined) throw new Error('the fixture has no probe with a control');
      const many = Array.from({ length: 60 }, (_each, index) => `many ${index}`);
      const counts = many.flatMap((probe) => [
        { ...one, probe },
        { ...its, probe },
      ]);
      return [...probes, ...counts.map((each) => (each.kind === kind ? { ...each, ...change } : each))];
    });
    const judgement = claim.judge(evidence, testThresholds);
    expect(judgement).toMatchObject({ outcome: 'inconclusive', reason: expect.stringMatching(reason) as string });
    expect(judgement.outcome === 'inconclusive' && judgement.reason.split('many ')).toHaveLength(4);
  });

  it('is inconclusive without controls, without probes, and with too few', () => {
    const judge = (evidence: Evidence) => claim.judge(evidence, testThresholds);
    const load = (evidence: Evidence) => {
      for (const { measurement } of evidence.blocks) {
        if (measurement.experimentId !== 'isolation') measurement.artefacts.probes = { ok: true, value: [] };
      }
      return evidence;
    };
    expect(judge(load(evidenceWith((probes) => probes.filter((one) => one.kind === 'probe')))).outcome).toBe(
      'inconclusive',
    );
    expect(judge(load(evidenceWith(() => [])))).toMatchObject({ outcome: 'inconclusive', reason: 'No probe ran.' });
    expect(judge(load(evidenceWith((probes) => probes.map((one) => ({ ...one, count: 2 })))))).toMatchObject({
      outcome: 'inconclusive',
      needs: expect.stringMatching(/more probes$/) as string,
    });
  });

  it('is inconclusive when the probes are missing or the experiment was not measured', () => {
    const blocks = healthyBlocks('isolation');
    (blocks[0] as MeasuredBlock).measurement.artefacts.probes = notGathered('K6', 'stream cut');
    expect(claim.judge(buildEvidence({ isolation: blocks }), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'The artefact probes of isolation, block 0, is missing (K6: stream cut).',
    });
    expect(claim.judge(buildEvidence({ isolation: [] }), testThresholds).outcome).toBe('inconclusive');
  });
});

it('SEC-ISO also counts the answers of every load, and needs them all', () => {
  const leaking = healthyBlocks('target');
  const probes = structuredClone(healthyProbes.filter((one) => one.probe === 'response-tenant'));
  for (const one of probes) if (one.kind === 'probe') one.violations = 3;
  (leaking[0] as MeasuredBlock).measurement.artefacts.probes = { ok: true, value: probes };
  expect(secIso.judge(buildEvidence({ target: leaking }), testThresholds)).toMatchObject({
    outcome: 'broken',
    quantity: { value: 3 },
  });
  expect(secAuthn.judge(buildEvidence({ target: leaking }), testThresholds).outcome).toBe('holds');
  const silent = healthyBlocks('target');
  (silent[0] as MeasuredBlock).measurement.artefacts.probes = notGathered('K6', 'stream cut');
  expect(secIso.judge(buildEvidence({ target: silent }), testThresholds).outcome).toBe('inconclusive');
});

describe('SEC-ISO and the kill matrix', () => {
  const [first, ...others] = buildKillMatrix().mutants;
  if (first === undefined) throw new Error('the fixture has no mutant');
  const judge = (killMatrix: RecordedKillMatrix | undefined, evidence = buildEvidence()) => {
    delete evidence.killMatrix;
    return secIso.judge({ ...evidence, ...(killMatrix === undefined ? {} : { killMatrix }) }, testThresholds);
  };
  const withFirst = (outcome: typeof first.outcome) =>
    recordKillMatrix({ mutants: [{ ...first, outcome, killedBy: [], reason: 'of a test' }, ...others] });
  const red = buildKillMatrix().probes.map((probe, index) => ({ ...probe, violations: index === 0 ? 1 : 0 }));

  it('holds where every planted defect was noticed, and says how many', () => {
    expect(judge(recordKillMatrix())).toMatchObject({
      outcome: 'holds',
      explanation: expect.stringContaining('7 defects were planted, and each was noticed.') as string,
    });
    expect(judge(withFirst('equivalent'))).toMatchObject({
      outcome: 'holds',
      explanation: expect.stringContaining(' 6 defects were planted') as string,
    });
  });

  it.each<[string, RecordedKillMatrix | undefined, RegExp]>([
    ['was not recorded', undefined, /recorded no kill matrix/],
    ['is not known', { ...recordKillMatrix(), from: null, matrix: null }, /No kill matrix of these probes/],
    ['is of other sources', recordKillMatrix({ fingerprint: '0'.repeat(64) }), /No kill matrix of these probes/],
    ['has a survivor', withFirst('survived'), /not to be trusted: planted on purpose, policy-dropped went unseen/],
    ['has a mutant that could not be applied', withFirst('not-applied'), /Not every planted defect.*policy-dropped/],
    ['left a mutant out', recordKillMatrix({ notTried: ['left-out'] }), /Not every planted defect.*left-out/],
    ['tried nothing', recordKillMatrix({ mutants: [] }), /Not every planted defect was tried on these probes\.$/],
    ['was red on the intact system', recordKillMatrix({ probes: red }), /not all was well.*: foreign id/],
  ])('is inconclusive where the matrix %s', (_, recorded, reason) => {
    expect(judge(recorded)).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(reason) as string,
      needs: expect.stringContaining('`signoff mutate` (four to five minutes)') as string,
      quantity: { value: 0 },
    });
  });

  it('is broken by a violation, whatever the matrix says', () => {
    const leaking = changing('SEC-ISO', 'probe', { violations: 1, examples: ['a foreign row'] });
    expect(judge(undefined, leaking).outcome).toBe('broken');
    expect(judge(withFirst('survived'), leaking).outcome).toBe('broken');
  });

  it('says nothing of the other claims', () => {
    const evidence = { ...buildEvidence(), killMatrix: withFirst('survived') };
    for (const claim of [secAuthn, secAuthz]) expect(claim.judge(evidence, testThresholds).outcome).toBe('holds');
  });
});
