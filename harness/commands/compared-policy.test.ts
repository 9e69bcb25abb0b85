/** Two builds are compared by the base's policy: a candidate that loosens a limit beside its change gains nothing by it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import { readCompareRequest } from './compare-request.ts';
import { testContext } from './testing/ask-signoff.ts';

const strict = { ...testThresholds };
const loose = {
  ...testThresholds,
  claims: { ...testThresholds.claims, 'CMP-TAIL': { ...testThresholds.claims['CMP-TAIL'], limit: 40, margin: 50 } },
};
let root = '';

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@test.example', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', root, ...identity, ...args]);
}

function commit(tag: string, policy: string | null): void {
  const file = path.join(root, 'thresholds.json');
  if (policy === null) rmSync(file, { force: true });
  else writeFileSync(file, policy);
  git('add', '--all');
  git('commit', '--quiet', '--message', tag);
  git('tag', tag);
}

/** The last commit is what lies in the work tree, as in a checkout of a pull request. */
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'signoff-compared-policy-'));
  mkdirSync(path.join(root, 'reference-service'));
  writeFileSync(path.join(root, 'reference-service', 'server.ts'), '');
  git('init', '--quiet', '--initial-branch', 'main');
  commit('without', null);
  commit('broken', '{"claims": {"CMP-TAIL": {"limit": 7}}}');
  commit('strict', JSON.stringify(strict));
  commit('loose', JSON.stringify(loose, null, 2));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

async function ask(base: string, candidate: string, flags: Record<string, string> = {}) {
  const context = { ...testContext().context, root, workingDirectory: root };
  return await readCompareRequest(context, { base, candidate, ...flags });
}

describe('the policy of a live comparison', () => {
  const change = ['claims.CMP-TAIL.limit 1 → 40', 'claims.CMP-TAIL.margin 1.2 → 50'];

  it.each(['loose', '.', 'HEAD'])('is the base’s, whatever the candidate %s makes of its own', async (candidate) => {
    const { thresholds, policy } = await ask('strict', candidate);
    expect(thresholds).toEqual(strict);
    expect(policy).toEqual({ of: 'base', whyNotBase: null, differs: [], candidateChanges: change });
  });

  it('is the base’s where the base is the looser one, and tells what the candidate tightens', async () => {
    const { thresholds, policy } = await ask('loose', 'strict');
    expect(thresholds).toEqual(loose);
    expect(policy.candidateChanges).toContain('claims.CMP-TAIL.limit 40 → 1');
  });

  it('tells nothing where both have the same', async () => {
    const { policy } = await ask('strict', 'strict');
    expect(policy).toEqual({ of: 'base', whyNotBase: null, differs: [], candidateChanges: [] });
  });

  it('is the project’s where the base has none that can be read, which is told with what it has otherwise', async () => {
    const without = await ask('without', '.');
    expect(without.thresholds).toEqual(loose);
    expect(without.policy).toMatchObject({ of: 'project', whyNotBase: 'the base has none', differs: [] });
    const broken = await ask('broken', '.');
    expect(broken.policy).toMatchObject({ of: 'project', whyNotBase: expect.stringMatching(/\d+ problems/) as string });
    expect(broken.policy.differs).toContain('claims.CMP-TAIL.limit 7 → 40');
  });

  it('says of a candidate whose file cannot be read that it cannot, and nothing of one that has none', async () => {
    expect((await ask('strict', 'without')).policy.candidateChanges).toEqual([]);
    commit('scribble', 'null');
    writeFileSync(path.join(root, 'thresholds.json'), JSON.stringify(strict));
    const { policy } = await ask('strict', 'scribble');
    expect(policy.candidateChanges).toEqual(['the whole file, which is no JSON object']);
  });

  it('is the file that was named with --thresholds', async () => {
    writeFileSync(path.join(root, 'own.json'), JSON.stringify(loose));
    const { thresholds, policy } = await ask('strict', 'strict', { thresholds: 'own.json' });
    expect(thresholds).toEqual(loose);
    expect(policy).toEqual({ of: 'file', whyNotBase: null, differs: change, candidateChanges: [] });
  });

  it('is the project’s of services that were named by their URL', async () => {
    const { thresholds, policy } = await ask('http://127.0.0.1:3000', 'http://127.0.0.1:3001');
    expect(thresholds).toEqual(loose);
    expect(policy).toEqual({ of: 'project', whyNotBase: null, differs: [], candidateChanges: [] });
  });

  it('is refused with its mistakes where it is the project’s, before anything starts', async () => {
    writeFileSync(path.join(root, 'thresholds.json'), '{}');
    await expect(ask('without', 'strict')).rejects.toMatchObject({ code: 'BAD_CONFIGURATION' });
  });
});
