/** Attacks from a page that the victim visits: requests that carry the victim's cookie but not the victim's will (CWE-352). */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, errorCode, logIn, readManifest, serviceUrl, type Answer } from '../testing/api-client.ts';
import { as, mine, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { rowsOf } from './testing/owner-view.ts';
import { requestRaw } from './testing/raw-request.ts';

const attack = attacksOf('A01');
const foreign = 'https://attacker.example';

/** Creates a portfolio as the victim's browser would. */
async function change(headers: Record<string, string>, name: string = randomUUID()): Promise<Answer> {
  const body = { name, baseCurrency: 'EUR' };
  return call('POST', '/api/v1/portfolios', { cookie: await as(mine, 'trader'), body, headers });
}

/** How many portfolios of that name the victim has. */
async function made(name: string): Promise<number> {
  return (await rowsOf(mine, 'portfolios')).filter((portfolio) => portfolio['name'] === name).length;
}

async function expectRefused(headers: Record<string, string>): Promise<void> {
  const name = randomUUID();
  const answer = await change(headers, name);
  expect(answer.status, JSON.stringify(headers)).toBe(403);
  expect(errorCode(answer)).toBe('CROSS_SITE');
  expect(await made(name), JSON.stringify(headers)).toBe(0);
}

/** What a form of an HTML page can send, with the victim's cookie. */
async function submit(contentType: string, body: string): Promise<number> {
  const headers = { 'content-type': contentType, cookie: await as(mine, 'trader') };
  return (await fetch(`${serviceUrl()}/api/v1/portfolios`, { method: 'POST', headers, body })).status;
}

attack('a change asked for by a page of another site', {
  async control() {
    const name = randomUUID();
    expect((await change({ 'sec-fetch-site': 'same-origin', origin: serviceUrl() }, name)).status).toBe(201);
    expect((await change({ 'sec-fetch-site': 'none' }, name)).status).toBe(201);
    expect(await made(name)).toBe(2);
  },
  async attack() {
    await expectRefused({ 'sec-fetch-site': 'cross-site', origin: foreign });
    await expectRefused({ 'sec-fetch-site': 'cross-site' });
    await expectRefused({ 'sec-fetch-site': 'anything else' });
  },
});

attack('a change asked for by a neighbour on the same domain', {
  async control() {
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  },
  async attack() {
    await expectRefused({ 'sec-fetch-site': 'same-site', origin: 'https://other.alphapulse.example' });
  },
});

attack('a change from a browser that names its origin only', {
  async control() {
    expect((await change({ origin: serviceUrl() })).status).toBe(201);
    expect((await change({})).status).toBe(201);
  },
  async attack() {
    const { host } = new URL(serviceUrl());
    const lookalikes = [`http://${host}.attacker.example`, `http://attacker.example/${host}`, `http://x@${host}`];
    for (const origin of [foreign, ...lookalikes, `ftp://${host}`, host, '']) await expectRefused({ origin });
  },
});

attack('a change from a sandboxed frame or a file, whose origin is null', {
  async control() {
    expect((await change({ origin: serviceUrl() })).status).toBe(201);
  },
  async attack() {
    await expectRefused({ origin: 'null' });
  },
});

attack('a body that a form can send without asking first', {
  async control() {
    const name = randomUUID();
    expect(await submit('application/json', JSON.stringify({ name, baseCurrency: 'EUR' }))).toBe(201);
    expect(await made(name)).toBe(1);
  },
  async attack() {
    const name = randomUUID();
    const json = JSON.stringify({ name, baseCurrency: 'EUR' });
    expect(await submit('application/x-www-form-urlencoded', `name=${name}&baseCurrency=EUR`)).toBe(415);
    expect(await submit('multipart/form-data; boundary=x', `--x\r\n\r\n${json}\r\n--x--`)).toBe(415);
    for (const type of [
      'text/plain',
      'text/plain; application/json',
      'text/plain;x=application/json',
      'application/jsonx',
    ]) {
      expect(await submit(type, json), type).toBe(415);
    }
    expect(await made(name)).toBe(0);
  },
});

attack('a body without a content type, as a beacon sends it', {
  async control() {
    const headers = { cookie: await as(mine, 'trader'), 'content-type': 'application/json' };
    const name = randomUUID();
    const body = JSON.stringify({ name, baseCurrency: 'EUR' });
    expect((await requestRaw('POST', '/api/v1/portfolios', { headers, body })).status).toBe(201);
    expect(await made(name)).toBe(1);
  },
  async attack() {
    const headers = { cookie: await as(mine, 'trader') };
    const name = randomUUID();
    const body = JSON.stringify({ name, baseCurrency: 'EUR' });
    expect((await requestRaw('POST', '/api/v1/portfolios', { headers, body })).status).toBe(415);
    expect(await made(name)).toBe(0);
  },
});

attack('the victim logged in as the attacker, or out, by another site', {
  async control() {
    const { email } = userOf(mine, 'viewer');
    const own = { tenant: mine.slug, email, password: readManifest().demoPassword };
    expect((await logIn(own)).status).toBe(200);
  },
  async attack() {
    const headers = { 'sec-fetch-site': 'cross-site', origin: foreign };
    const { email } = userOf(mine, 'viewer');
    const body = { tenant: mine.slug, email, password: readManifest().demoPassword };
    const login = await call('POST', '/api/v1/auth/login', { body, headers });
    expect([login.status, login.headers.get('set-cookie')]).toEqual([403, null]);
    const cookie = await as(mine, 'viewer');
    expect((await call('POST', '/api/v1/auth/logout', { cookie, headers })).status).toBe(403);
    expect((await call('GET', '/api/v1/trades', { cookie })).status).toBe(200);
  },
});

attack('a cookie that goes along with requests of other sites', {
  async control() {
    expect((await call('GET', '/api/v1/trades', { cookie: await as(mine, 'viewer') })).status).toBe(200);
  },
  async attack() {
    const { email } = userOf(mine, 'viewer');
    const answer = await logIn({ tenant: mine.slug, email, password: readManifest().demoPassword });
    const flags = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(flags).toEqual(expect.arrayContaining(['SameSite=Strict', 'HttpOnly', 'Path=/']));
    expect(flags.some((flag) => flag.startsWith('Domain='))).toBe(false);
    expect((await call('GET', '/api/v1/trades')).status, 'without the cookie').toBe(401);
  },
});
