/**
 * Attacks that make the service ask others (CWE-918). No route takes an address to call: it connects to the Postgres, Redis
 * and Vault of its configuration and to nothing else. So each place that takes a text is given the address of a listener.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { call, logIn, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { claims, forge, newSigningKey, withKey } from './testing/forge-token.ts';
import { requestRaw, sendBytes, statusesIn } from './testing/raw-request.ts';

const attack = attacksOf('A10');
let listener: Server;
let connections: Socket[];
let url: string;

beforeAll(async () => {
  connections = [];
  listener = createServer((socket) => {
    connections.push(socket);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  url = `http://127.0.0.1:${address.port}/caught`;
});
afterAll(() => listener.close());

/** Somebody who does call the address is seen. */
async function callersAreSeen(): Promise<void> {
  const before = connections.length;
  await (await fetch(url)).text();
  expect(connections.length).toBeGreaterThan(before);
}

/** Nobody called: not while it was answered, nor until a call of our own came through after it. */
async function expectNoCall(work: () => Promise<void>): Promise<void> {
  const before = connections.length;
  await work();
  await (await fetch(url, { headers: { connection: 'close' } })).text();
  expect(connections.length - before, 'connections beside our own').toBe(1);
}

const write = async (method: string, path: string, body: object): Promise<Answer> =>
  call(method, path, { cookie: await as(mine, 'admin'), body });

const spellings = (): string[] => [
  url,
  url.replace('127.0.0.1', 'localhost'),
  url.replace('http:', ''),
  `${url}#@x`,
  `jar:${url}!/`,
];

attack('an address in every text that is stored', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      for (const text of spellings()) {
        expect((await write('POST', '/api/v1/portfolios', { name: text, baseCurrency: 'EUR' })).status).toBe(201);
        const order = {
          portfolioId: idOf(mine, 'portfolios'),
          instrumentId: 1,
          side: 'buy',
          type: 'market',
          quantity: '1',
          note: text,
        };
        const headers = { 'idempotency-key': randomUUID() };
        expect(
          (await call('POST', '/api/v1/orders', { cookie: await as(mine, 'trader'), body: order, headers })).status,
        ).toBe(201);
        const user = {
          email: `${randomUUID()}@test.example`,
          displayName: text,
          role: 'viewer',
          password: 'a long enough password',
        };
        expect((await write('POST', '/api/v1/users', user)).status).toBe(201);
      }
    });
  },
});

attack('an address as the broker, whose name looks like one', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      const path = `/api/v1/portfolios/${idOf(mine, 'portfolios')}/broker-credentials`;
      for (const text of spellings()) {
        const body = { broker: text, accountNumber: text, apiKey: text, apiSecret: text };
        expect((await write('PUT', path, body)).status).toBe(204);
        expect((await call('GET', path, { cookie: await as(mine, 'admin') })).status).toBe(200);
        expect((await write('POST', `${path}/sign`, { payload: text })).status).toBe(200);
      }
    });
  },
});

attack('an address where none belongs: ids, filters, symbols, cursors, logins', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      const cookie = await as(mine, 'viewer');
      for (const text of spellings().map(encodeURIComponent)) {
        for (const path of [
          `trades/${text}`,
          `trades?portfolioId=${text}`,
          `quotes?symbols=${text}`,
          `trades?cursor=${text}`,
          `trades?url=${text}`,
        ]) {
          expect((await requestRaw('GET', `/api/v1/${path}`, { headers: { cookie } })).status, path).toBe(400);
        }
      }
      expect((await logIn({ tenant: url, email: userOf(mine, 'viewer').email, password: url })).status).toBe(401);
    });
  },
});

attack('an address in headers that proxies, webhooks and tools follow', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      const { host } = new URL(url);
      const followed = [
        'referer',
        'origin',
        'x-forwarded-host',
        'x-original-url',
        'x-callback-url',
        'x-wap-profile',
        'link',
        'x-vault-address',
        'from',
      ];
      const headers = {
        host,
        cookie: await as(mine, 'viewer'),
        ...Object.fromEntries(followed.map((name) => [name, url])),
      };
      expect((await requestRaw('GET', '/api/v1/trades?limit=1', { headers })).status).toBe(200);
      const broken = { ...headers, 'content-type': 'application/json' };
      expect((await requestRaw('POST', '/api/v1/auth/login', { headers: broken, body: '{}' })).status).toBe(403);
    });
  },
});

attack('the service used as a proxy', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      const { host } = new URL(url);
      for (const [line, statuses] of [
        [`GET ${url} HTTP/1.1`, [404]],
        [`CONNECT ${host} HTTP/1.1`, []],
        [`GET //${host}/caught HTTP/1.1`, [404]],
        [`GET @${host}/ HTTP/1.1`, [400]],
      ] as const) {
        const answer = await sendBytes(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        expect(statusesIn(answer), line).toEqual(statuses);
      }
    });
  },
});

attack('a token whose key lies at an address', {
  control: callersAreSeen,
  async attack() {
    await expectNoCall(async () => {
      const stranger = newSigningKey('x');
      for (const header of [{ jku: url, kid: 'x' }, { x5u: url, kid: 'x' }, { kid: url }]) {
        const cookie = forge({ alg: 'EdDSA', ...header }, claims({ iss: 'alphapulse' }), withKey(stranger));
        expect((await call('GET', '/api/v1/trades', { cookie })).status).toBe(401);
      }
      const issuer = forge({ alg: 'EdDSA', kid: 'x' }, claims({ iss: url }), withKey(stranger));
      expect((await call('GET', '/api/v1/trades', { cookie: issuer })).status).toBe(401);
    });
  },
});
