/** Logging in and out: who gets a session, how it travels, and that it ends. */
import { demoPassword } from '../manifest.ts';
import { pickOne } from '../random.ts';
import type { Answer } from '../call.ts';
import type { Actor, Scene } from './scene.ts';
import {
  NothingToAsk,
  type Outcome,
  type Probe,
  describe,
  expectRefusal,
  expectSuccess,
  ok,
  saysNothing,
  undecided,
  violation,
} from './probe.ts';

export function loginProbes(): Probe[] {
  return [...FALSE_CREDENTIALS.map(falseCredentials), refusedAlike, cookieFlags, loggedOut, logoutWithoutSession];
}

interface Credentials {
  tenant: string;
  email: string;
  password: string;
}

function credentialsOf(scene: Scene, { tenant }: Actor): Credentials {
  return { tenant: tenant.slug, email: pickOne(scene.random, tenant.users).email, password: demoPassword() };
}

function logIn(scene: Scene, body: Credentials): Answer {
  return scene.ask({ method: 'POST', path: '/v1/auth/login', body }, '');
}

function sessionOf(answer: Answer): string | undefined {
  return answer.cookies['alphapulse_session']?.[0]?.value;
}

const FALSE_CREDENTIALS: { name: string; change: (right: Credentials, scene: Scene) => Partial<Credentials> }[] = [
  { name: 'wrong password', change: () => ({ password: 'certainly-not-this' }) },
  { name: 'unknown user', change: (_right, scene) => ({ email: `${scene.unique()}@nobody.example` }) },
  { name: 'unknown tenant', change: (_right, scene) => ({ tenant: scene.unique() }) },
  { name: 'user of another tenant', change: (_right, scene) => ({ tenant: scene.stranger.tenant.slug }) },
];

/** All of them get the same answer: which part was wrong is nobody's business. */
function falseCredentials({ name, change }: (typeof FALSE_CREDENTIALS)[number]): Probe {
  return {
    claim: 'SEC-AUTHN',
    name: `login: ${name}`,
    run: (scene, count) => {
      const right = credentialsOf(scene, scene.owner);
      const answer = logIn(scene, { ...right, ...change(right, scene) });
      const given =
        sessionOf(answer) === undefined
          ? expectRefusal(`login with ${name}`, answer, 401)
          : violation(describe(`login with ${name} gave a session`, answer));
      count('probe', given);
      count('control', expectSuccess('login with the right ones', logIn(scene, right)));
    },
  };
}

/** Status, headers and body of every refusal are the same, but for what differs in any two answers. */
const refusedAlike: Probe = {
  claim: 'SEC-AUTHN',
  name: 'login: every refusal is the same',
  run: (scene, count) => {
    const right = credentialsOf(scene, scene.owner);
    const answers = FALSE_CREDENTIALS.map(({ change }) => logIn(scene, { ...right, ...change(right, scene) }));
    const silent = answers.find(saysNothing);
    const forms = new Set(answers.map(visiblePart));
    const [first, ...others] = forms;
    if (silent !== undefined) count('probe', undecided(describe('a refused login', silent)));
    else
      count(
        'probe',
        others.length === 0
          ? ok
          : violation(`refused logins differ: ${first?.slice(0, 80)} | ${others[0]?.slice(0, 80)}`),
      );
    count('control', expectSuccess('login with the right ones', logIn(scene, right)));
  },
};

/** Without what differs in any two answers. */
function visiblePart(answer: Answer): string {
  const body = typeof answer.body === 'string' ? answer.body.replace(/"requestId":"[^"]*"/, '') : '';
  const names = Object.keys(answer.headers).sort();
  return `${answer.status} ${body} ${names.join(' ')}`;
}

const MOST_SECONDS = 3_600;

/** httpOnly, SameSite Strict, for the whole site, at most an hour. Secure is left out of plain HTTP on loopback. */
const cookieFlags: Probe = {
  claim: 'SEC-AUTHN',
  name: 'login: flags of the session cookie',
  run: (scene, count) => {
    const answer = logIn(scene, credentialsOf(scene, scene.owner));
    count('control', expectSuccess('login', answer));
    count(
      'probe',
      saysNothing(answer)
        ? undecided(describe('login', answer))
        : flagsOutcome(String(answer.headers['Set-Cookie'] ?? '')),
    );
  },
};

function flagsOutcome(header: string): Outcome {
  const attributes = header
    .split(';')
    .slice(1)
    .map((part) => part.trim().toLowerCase());
  const maxAge = Number(attributes.find((part) => part.startsWith('max-age='))?.slice('max-age='.length));
  const missing = ['httponly', 'samesite=strict', 'path=/'].filter((flag) => !attributes.includes(flag));
  if (attributes.some((part) => part.startsWith('domain='))) missing.push('a host of its own (it has a domain)');
  if (!(maxAge > 0 && maxAge <= MOST_SECONDS)) missing.push(`max-age up to ${MOST_SECONDS}`);
  return missing.length === 0
    ? ok
    : violation(`the session cookie lacks ${missing.join(', ')}: ${attributes.join('; ')}`);
}

function freshSession(scene: Scene): string {
  const answer = logIn(scene, credentialsOf(scene, scene.owner));
  const session = sessionOf(answer);
  if (session === undefined) throw new NothingToAsk(describe('a login of its own', answer));
  return session;
}

const PROTECTED = { method: 'GET', path: '/v1/portfolios' } as const;

/** The same token that was just let in is refused once its session has ended. */
const loggedOut: Probe = {
  claim: 'SEC-AUTHN',
  name: 'session after logout',
  run: (scene, count) => {
    const cookie = freshSession(scene);
    count('control', expectSuccess('a fresh session', scene.ask(PROTECTED, cookie)));
    const out = scene.ask({ method: 'POST', path: '/v1/auth/logout' }, cookie);
    const after = scene.ask(PROTECTED, cookie);
    count(
      'probe',
      out.status === 204 ? expectRefusal('a session after logout', after, 401) : undecided(describe('logout', out)),
    );
  },
};

const logoutWithoutSession: Probe = {
  claim: 'SEC-AUTHN',
  name: 'no session: POST /v1/auth/logout',
  run: (scene, count) => {
    const call = { method: 'POST', path: '/v1/auth/logout' } as const;
    count('probe', expectRefusal('logout without a cookie', scene.ask(call, ''), 401));
    const cookie = freshSession(scene);
    count('control', expectSuccess('logout with a session', scene.ask(call, cookie)));
  },
};
