/** Attacks on logging in: guessing passwords (CWE-307), names that pass for others, weak passwords (CWE-521). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { call, errorCode, logIn, readManifest, type Answer } from '../testing/api-client.ts';
import { createEnvironment, startService, type OwnEnvironment, type OwnService } from '../testing/own-service.ts';
import { as, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { earlyInMinute, logInFrom, newAddress, nobody, type Login } from './testing/failed-logins.ts';

const attack = attacksOf('A07');
const { demoPassword } = readManifest();
const perAccount = 5;
const perNetwork = 20;
let environment: OwnEnvironment;
let behindProxy: OwnService;
let direct: OwnService;

beforeAll(async () => {
  environment = await createEnvironment();
  const limits = {
    ALPHAPULSE_LOGIN_RATE_PER_MINUTE: String(perAccount),
    ALPHAPULSE_LOGIN_RATE_PER_NETWORK: String(perNetwork),
  };
  direct = await startService({ ...environment.variables, ...limits });
  behindProxy = await startService({ ...environment.variables, ...limits, ALPHAPULSE_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  for (const service of [direct, behindProxy]) service.signal('SIGTERM');
  await Promise.all([direct.ended, behindProxy.ended]);
  await environment.remove();
});

const wrong = (changes: Partial<Login> = {}): Login => ({
  tenant: mine.slug,
  email: nobody(),
  password: 'certainly-not-this',
  ...changes,
});

async function createUser(password = 'a long enough password'): Promise<Answer> {
  const body = { email: nobody(), displayName: 'Jane Doe', role: 'viewer', password };
  return call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body });
}

/** A user of the attacker's own making, so that nobody else's logins are in the way. */
async function newAccount(): Promise<Login> {
  const { body, status } = await createUser();
  expect(status).toBe(201);
  return { tenant: mine.slug, email: String(body['email']), password: 'a long enough password' };
}

const from = async (address: string, login: Login): Promise<number> =>
  (await logInFrom(behindProxy.url, address, login)).status;

/** One after another, from as many networks as attempts. */
async function statusesOf(logins: Login[], addressOf: () => string = newAddress): Promise<number[]> {
  const statuses: number[] = [];
  for (const login of logins) statuses.push(await from(addressOf(), login));
  return statuses;
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

attack('many passwords tried on one account', {
  async control() {
    const account = await newAccount();
    const [first, second] = [newAddress(), newAddress()];
    expect(
      await statusesOf(
        times(perAccount - 1, () => ({ ...account, password: 'wrong' })),
        () => first,
      ),
    ).toEqual(times(perAccount - 1, () => 401));
    expect(await from(second, account)).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const account = await newAccount();
    const guesses = await statusesOf(times(perAccount + 3, () => ({ ...account, password: 'wrong' })));
    expect(guesses).toEqual([...times(perAccount, () => 401), ...times(3, () => 429)]);
    expect(await from(newAddress(), account), 'the right one, while limited').toBe(429);
  },
});

attack('many passwords tried on one account at once', {
  async control() {
    const account = await newAccount();
    const answers = await Promise.all(times(perAccount, () => from(newAddress(), account)));
    expect(new Set(answers)).toEqual(new Set([200]));
  },
  async attack() {
    await earlyInMinute();
    const account = await newAccount();
    const answers = await Promise.all(times(40, () => from(newAddress(), { ...account, password: 'wrong' })));
    expect(answers.filter((status) => status === 401)).toHaveLength(perAccount);
    expect(answers.filter((status) => status === 429)).toHaveLength(40 - perAccount);
  },
});

attack('one account spelled in many ways', {
  async control() {
    const account = await newAccount();
    expect(await from(newAddress(), { ...account, email: account.email.toUpperCase() })).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const { email } = await newAccount();
    const spellings = [email, email.toUpperCase(), email.replace('test', 'TEST'), email.replace('example', 'Example')];
    const guesses = await statusesOf([...spellings, ...spellings].map((spelled) => wrong({ email: spelled })));
    expect(guesses.filter((status) => status === 401)).toHaveLength(perAccount);
    const spaced = [` ${email}`, `${email} `, `\u200b${email}`, `${email}\t`];
    expect(new Set(await statusesOf(spaced.map((spelled) => wrong({ email: spelled }))))).toEqual(new Set([400]));
  },
});

attack('one password tried on many accounts of many tenants', {
  async control() {
    const account = await newAccount();
    expect(await from(newAddress(), account)).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const address = newAddress();
    const tenants = [mine.slug, theirs.slug, 'no-such-tenant'];
    const sprayed = times(perNetwork + 4, wrong).map((login, index) => ({
      ...login,
      tenant: tenants[index % 3] ?? '',
    }));
    const answers = await statusesOf(sprayed, () => address);
    expect(answers.filter((status) => status === 401)).toHaveLength(perNetwork);
    expect(answers.slice(perNetwork)).toEqual([429, 429, 429, 429]);
    expect(await from(newAddress(), await newAccount()), 'others are not kept out').toBe(200);
  },
});

attack('a neighbour’s address in the same network used next', {
  async control() {
    expect(await from(newAddress(), await newAccount())).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const network = newAddress().split('::')[0] ?? '';
    let host = 0;
    const answers = await statusesOf(times(perNetwork + 3, wrong), () => `${network}::${(host += 1).toString(16)}`);
    expect(answers).toEqual([...times(perNetwork, () => 401), 429, 429, 429]);
  },
});

attack('guesses forgotten because of a login of one’s own in between', {
  async control() {
    expect(await from(newAddress(), await newAccount())).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const [victim, own, address] = [await newAccount(), await newAccount(), newAddress()];
    const turns = times(perAccount + 2, () => [{ ...victim, password: 'wrong' }, own]).flat();
    const answers = await statusesOf(turns, () => address);
    expect(answers.filter((_status, index) => index % 2 === 0).slice(perAccount)).toEqual([429, 429]);
    expect(answers.filter((_status, index) => index % 2 === 1)).toEqual(times(perAccount + 2, () => 200));
  },
});

attack('another address claimed with every attempt', {
  async control() {
    expect(await from(newAddress(), await newAccount())).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const headersOf = (address: string) => ({
      'x-forwarded-for': address,
      'x-real-ip': address,
      forwarded: `for="[${address}]"`,
    });
    const attempt = () =>
      call('POST', '/api/v1/auth/login', { url: direct.url, body: wrong(), headers: headersOf(newAddress()) });
    const statuses: number[] = [];
    for (let turn = 0; turn < perNetwork + 3; turn += 1) statuses.push((await attempt()).status);
    expect(statuses).toEqual([...times(perNetwork, () => 401), 429, 429, 429]);
  },
});

attack('users found out by what a refusal says', {
  async control() {
    expect(
      (await logIn({ tenant: mine.slug, email: userOf(mine, 'viewer').email, password: demoPassword })).status,
    ).toBe(200);
  },
  async attack() {
    const { email } = await newAccount();
    const made = await createUser();
    const inactive = { tenant: mine.slug, email: String(made.body['email']), password: 'a long enough password' };
    const change = { cookie: await as(mine, 'admin'), body: { active: false } };
    expect((await call('PATCH', `/api/v1/users/${String(made.body['id'])}`, change)).status).toBe(200);
    const attempts = [
      wrong({ email }),
      wrong(),
      wrong({ tenant: 'no-such-tenant', email }),
      wrong({ tenant: theirs.slug, email }),
      inactive,
    ];
    const answers = await Promise.all(attempts.map((attempt) => logInFrom(behindProxy.url, newAddress(), attempt)));
    const seen = answers.map(({ status, text }) => `${status} ${text.replace(/"requestId":"[^"]*"/, '')}`);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('401');
  },
});

attack('users found out by where the limit begins', {
  async control() {
    expect(await from(newAddress(), await newAccount())).toBe(200);
  },
  async attack() {
    await earlyInMinute();
    const [known, unknown] = [(await newAccount()).email, nobody()];
    for (const login of [
      wrong({ email: known }),
      wrong({ email: unknown }),
      wrong({ tenant: randomUUID(), email: unknown }),
    ]) {
      const answers = await statusesOf(times(perAccount + 2, () => login));
      expect(answers).toEqual([...times(perAccount, () => 401), 429, 429]);
    }
  },
});

attack('a name that looks or folds like another one', {
  async control() {
    const account = await newAccount();
    expect(await from(newAddress(), account)).toBe(200);
  },
  async attack() {
    const account = await newAccount();
    // KELVIN SIGN folds to k, LATIN SMALL LETTER LONG S to s when raised, full-width and Cyrillic letters only look alike.
    const doubles = [
      account.email.replace('k', '\u212a'),
      account.email.replace('s', '\u017f'),
      account.email.replace('a', '\u0430'),
    ];
    for (const email of [...doubles, account.email.replace('@', '\uff20')]) {
      expect(await from(newAddress(), { ...account, email }), email).toBe(400);
      const body = { email, displayName: 'X', role: 'viewer', password: account.password };
      expect((await call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body })).status, email).toBe(400);
    }
    expect(await from(newAddress(), { ...account, tenant: `${mine.slug}\u200b` })).toBe(400);
    expect(await from(newAddress(), { ...account, tenant: mine.slug.toUpperCase() })).toBe(401);
  },
});

attack('a password that everybody tries first', {
  async control() {
    expect((await createUser('correct horse battery staple')).status).toBe(201);
  },
  async attack() {
    const short = ['', 'short', '123456789'];
    const common = [
      'password123',
      'Passw0rd2026!',
      'qwertyuiop',
      '1234567890',
      'aaaaaaaaaa',
      'alphapulse1',
      'letmein12345',
    ];
    for (const password of [...short, ...common, 'janedoe', 'Jane Doe 1234', 'x'.repeat(201)]) {
      const answer = await createUser(password);
      expect([answer.status, errorCode(answer)], password).toEqual([400, 'VALIDATION_FAILED']);
      if (password.length > 7) expect(answer.text).not.toContain(password);
    }
  },
});
