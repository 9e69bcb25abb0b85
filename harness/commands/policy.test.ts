/** The policy that a run is judged with: gates of one's own decide, levels are told, and it is stored beside the result. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildEvidence, experimentNamed, testProfile } from '../claims/testing/build-evidence.ts';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import type { Profile } from '../model/experiment.ts';
import type { Result } from '../model/result.ts';
import { askSignoff } from './testing/ask-signoff.ts';
import { writeRunFolder } from './testing/write-run-folder.ts';

const profile: Profile = {
  ...testProfile,
  experiments: [experimentNamed('target'), experimentNamed('isolation')],
  gates: ['AC-1', 'LAT-500-TARGET', 'SEC-ISO'],
};
let folder = '';
let run = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-policy-'));
  run = path.join(folder, 'run');
  await writeRunFolder({ directory: run, runId: 'run', evidence: buildEvidence(), profile });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function policyFile(change: object): Promise<string> {
  const file = path.join(folder, `${Math.random()}.json`);
  await writeFile(file, JSON.stringify({ ...testThresholds, ...change }));
  return file;
}

async function judge(change: object): Promise<Result> {
  const { code, out, err } = await askSignoff('judge', run, '--json', '--thresholds', await policyFile(change));
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Result;
}

async function stored(name: string): Promise<string> {
  return await readFile(path.join(run, name), 'utf8');
}

it('stores the policy, and says when another one judges anew', async () => {
  const first = await judge({});
  expect(first.verdict).toBe('pass');
  const { stdout } = await promisify(execFile)('sha256sum', [path.join(run, 'policy.json')]);
  expect(first.policy).toMatchObject({ sha256: stdout.slice(0, 64), firstSha256: stdout.slice(0, 64) });
  expect(await stored('MANIFEST')).toContain(`${stdout.slice(0, 64)}  policy.json`);
  const second = await judge({ gates: { 'http_req_duration{scenario:target}': ['p(99)<5'] } });
  expect(second.policy).toMatchObject({ firstSha256: first.policy?.sha256 });
  expect(second.policy?.sha256).not.toBe(first.policy?.sha256);
  expect(await stored('summary.md')).toContain('Judged anew by another policy');
  expect(await stored('report.html')).toContain('judged anew: the run was first judged by another');
  const third = await askSignoff('judge', run, '--json', '--thresholds', path.join(run, 'policy.json'));
  expect((JSON.parse(third.out) as Result).policy).toEqual(second.policy);
  const gated = await askSignoff('gate', run, '--thresholds', await policyFile({}));
  expect(gated.out).not.toContain('another policy');
  const loosened = await askSignoff('gate', run, '--thresholds', path.join(run, 'policy.json'));
  expect(loosened.out).toContain('Judged anew by another policy');
});

it('fails by a gate of one’s own, in every report', async () => {
  const gate = 'http_req_duration{endpoint:trades.list} p(99)<5';
  const result = await judge({ gates: { 'http_req_duration{endpoint:trades.list}': ['p(99)<5', 'med<400'] } });
  expect(result).toMatchObject({ verdict: 'fail', exitCode: 1 });
  expect(result.findings.find(({ id }) => id === gate)).toMatchObject({ outcome: 'broken', gated: true, limit: 5 });
  for (const name of ['junit.xml', 'report.html']) expect(await stored(name)).toContain(gate.replace('<', '&lt;'));
  expect(await stored('summary.md')).toContain('trades.list');
});

it('is inconclusive by a gate that matches nothing', async () => {
  const result = await judge({ gates: { 'http_req_duration{endpoint:orders.cancel}': ['p(99)<500'] } });
  expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  expect(result.reasons.join('\n')).toContain('it has no endpoint orders.cancel');
});

it('tells what is only a warning, and decides nothing by it', async () => {
  const claims = {
    ...testThresholds.claims,
    'LAT-500-TARGET': { ...testThresholds.claims['LAT-500-TARGET'], limit: 9, level: 'warn' },
  };
  const guards = { ...testThresholds.guards, 'generator-cpu': { limit: 1, unit: '%', level: 'warn' } };
  const gates = { http_req_failed: [{ threshold: 'rate>0.5', level: 'warn' }] };
  const result = await judge({ claims, guards, gates });
  expect(result.verdict).toBe('pass');
  const reasons = result.reasons.join('\n');
  expect(reasons).toContain('LAT-500-TARGET is broken, though it was not gated');
  expect(reasons).toContain('http_req_failed rate>0.5 is broken, though it was not gated');
  expect(reasons).toContain('Guard generator-cpu');
  const told = (await askSignoff('gate', run, '--thresholds', path.join(run, 'policy.json'))).out;
  expect(told).toMatch(/^ {2}✘ LAT-500-TARGET +warned: .*limit 9 ms/m);
  expect(told).toMatch(/^ {2}✘ http_req_failed rate>0\.5 +warned: /m);
  expect(told).not.toMatch(/✔ .* warned: /);
});

it('says in the verdict that security or validity was switched off', async () => {
  const claims = { ...testThresholds.claims, 'SEC-ISO': { ...testThresholds.claims['SEC-ISO'], level: 'off' } };
  const guards = { ...testThresholds.guards, 'foreign-cpu': { ...testThresholds.guards['foreign-cpu'], level: 'off' } };
  const result = await judge({ claims, guards });
  expect(result.policy?.switchedOff).toEqual(['SEC-ISO', 'guard foreign-cpu']);
  expect(result.reasons[0]).toContain(
    'Switched off by the policy, and so neither watched nor shown to hold: SEC-ISO, guard foreign-cpu.',
  );
  expect(result.validity.some(({ id }) => id === 'foreign-cpu')).toBe(false);
  expect(await stored('summary.md')).toContain('The policy switched off: SEC-ISO, guard foreign-cpu.');
  expect(result.findings.find(({ id }) => id === 'SEC-ISO')).toMatchObject({ gated: false, quantity: null });
});

it('refuses a policy with mistakes before anything is judged', async () => {
  const { code, err } = await askSignoff(
    'judge',
    run,
    '--thresholds',
    await policyFile({ gates: { http_req: ['p(99)<5'] } }),
  );
  expect(code).toBe(64);
  expect(err).toContain('gates.http_req has the unknown metric "http_req"; did you mean http_reqs?');
});

it('refuses a gate of an endpoint that no load has, beside the other mistakes of the file', async () => {
  const gates = { 'http_req_duration{endpoint:nosuch}': ['p(99)<500'], 'http_reqs{endpoint:trades.lst}': ['count>1'] };
  const policy = await policyFile({ gates, extra: 1 });
  const { code, err } = await askSignoff('judge', run, '--thresholds', policy);
  expect(code).toBe(64);
  expect(err).toContain('3 problems');
  expect(err).toContain(
    'gates.http_req_duration{endpoint:nosuch} has an unknown endpoint "nosuch"; allowed: portfolios',
  );
  expect(err).toContain(
    'gates.http_reqs{endpoint:trades.lst} has an unknown endpoint "trades.lst"; did you mean trades',
  );
});

it('says in the reasons that a claim about security only warns', async () => {
  const claims = { ...testThresholds.claims, 'SEC-ISO': { ...testThresholds.claims['SEC-ISO'], level: 'warn' } };
  const result = await judge({ claims });
  expect(result.reasons).toContain('Only warned of, by the policy: SEC-ISO.');
});
