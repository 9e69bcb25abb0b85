/** Requests that carry something secret in every place of a request, most of them wrong in one way or another. */
import { randomBytes } from 'node:crypto';
import type { ManifestTenant } from '../../../model/manifest.ts';
import type { ServiceRequest } from '../ask-service.ts';

export interface Provocation {
  /** Names the probes. */
  what: string;
  request: ServiceRequest;
  /** What neither a log nor a label may show afterwards. */
  secrets: readonly string[];
}

export interface ProvocationCast {
  owner: ManifestTenant;
  stranger: ManifestTenant;
  /** Session cookies of the owner's. */
  admin: string;
  trader: string;
  viewer: string;
}

/** Of letters and digits alone, so that no encoding of a log or of an address changes it. */
const newSecret = (): string => `sgnf${randomBytes(10).toString('hex')}`;
const beyondTheLimitBytes = 80_000;

export function makeProvocations(cast: ProvocationCast): Provocation[] {
  return [...logins(cast), ...orders(cast), ...addresses(cast), ...headers(cast), ...administration(cast)];
}

type Maker = (secret: string) => ServiceRequest;

function provoke(what: string, make: Maker): Provocation {
  const secret = newSecret();
  return { what, request: make(secret), secrets: [secret] };
}

/** `sent`: the form in which the request carries the secret, where it is not the secret itself. */
function provokeAs(
  what: string,
  sent: (secret: string) => string,
  make: (sent: string) => ServiceRequest,
): Provocation {
  const text = sent(newSecret());
  return { what, request: make(text), secrets: [text] };
}

function logins({ owner }: ProvocationCast): Provocation[] {
  const path = '/api/v1/auth/login';
  const tenant = owner.slug;
  const post = (body: unknown): ServiceRequest => ({ method: 'POST', path, body });
  // Another one each time: too many attempts on one would be refused before the password is looked at.
  const nobody = `${newSecret()}@${owner.slug}.example`;
  return [
    provoke('the password of a refused login', (password) => post({ tenant, email: nobody, password })),
    provoke('the e-mail address of a refused login', (name) =>
      post({ tenant, email: `${name}@${owner.slug}.example`, password: 'certainly-not-this' }),
    ),
    provoke('the tenant of a refused login', (name) => post({ tenant: name, email: nobody, password: 'not-this-one' })),
    provoke('the password of a login of a wrong form', (password) => post({ tenant, password, more: password })),
    provoke('the password of a login that is no JSON', (password) =>
      post(`{"tenant":"${tenant}","password":"${password}`),
    ),
  ];
}

function orders({ owner, stranger, trader: session, viewer }: ProvocationCast): Provocation[] {
  const path = '/api/v1/orders';
  const order = (note: string, changes: Record<string, unknown> = {}): unknown => ({
    ...{ portfolioId: owner.samples.portfolios[0], instrumentId: 1, side: 'buy', type: 'market', quantity: '1.0000' },
    ...{ note, ...changes },
  });
  const post = (body: unknown, more: Record<string, string> = {}): ServiceRequest => ({
    ...{ method: 'POST', path, body, session },
    headers: { 'idempotency-key': newSecret(), ...more },
  });
  const foreign = { portfolioId: stranger.samples.portfolios[0] };
  return [
    provoke('the body of a request for what is not there', (note) => post(order(note, foreign))),
    provoke('the body of a request that cannot be processed', (note) =>
      post(order(note, { instrumentId: 2_147_483_647 })),
    ),
    provoke('the body of a request of a wrong form', (note) => post(order(note, { quantity: note }))),
    provoke('the body of a request with an unknown field', (note) => post(order(note, { [note]: note }))),
    provoke('the body of a request that no column can hold', (note) => post(order(`${note}\u0000`))),
    provoke('the body of a request that is not JSON', (note) => post(order(note), { 'content-type': 'text/plain' })),
    provoke('the body of a request that is too large', (note) => post(order(note.padEnd(beyondTheLimitBytes, note)))),
    provoke('the body of a request that the role does not allow', (note) => ({
      ...post(order(note)),
      session: viewer,
    })),
    provoke('an idempotency key', (key) => post(order('probe', foreign), { 'idempotency-key': key })),
    provoke('an idempotency key of a wrong form', (key) => post(order('probe'), { 'idempotency-key': key.repeat(4) })),
  ];
}

function addresses({ viewer: session }: ProvocationCast): Provocation[] {
  const get = (path: string): ServiceRequest => ({ path, session });
  return [
    provoke('an id of a wrong form', (id) => get(`/api/v1/trades/${id}`)),
    provoke('an address that is not there', (id) => get(`/api/v1/${id}/${id}`)),
    provoke('a long address', (id) => get(`/api/v1/trades/${id.repeat(4)}`)),
    provoke('a cursor', (cursor) => get(`/api/v1/trades?cursor=${cursor}`)),
    provoke('an unknown parameter', (value) => get(`/api/v1/trades?${value}=${value}`)),
    provoke('a parameter of a wrong form', (value) => get(`/api/v1/trades?limit=${value}`)),
    provokeAs(
      'the symbols of a quote',
      (value) => value.toUpperCase().slice(0, 20),
      (symbol) => get(`/api/v1/quotes?symbols=${symbol}`),
    ),
    provoke('a query that the role does not allow', (value) => get(`/api/v1/users?cursor=${value}`)),
    provoke('a query without a session', (value) => ({ path: `/api/v1/trades?cursor=${value}` })),
  ];
}

function headers({ viewer: session }: ProvocationCast): Provocation[] {
  const path = '/api/v1/portfolios?limit=1';
  const names = [
    'authorization',
    'x-api-key',
    'referer',
    'user-agent',
    'x-forwarded-for',
    'baggage',
    'tracestate',
    'origin',
  ];
  return [
    ...names.map((name) =>
      provoke(`the header ${name}`, (value) => ({
        ...{ path, session },
        headers: { [name]: name === 'authorization' ? `Bearer ${value}` : value },
      })),
    ),
    provoke('a false session', (value) => ({ path, session: value })),
    provokeAs('a session with a changed payload', payloadOf, (payload) => ({ path, session: forge(session, payload) })),
    provoke('a cookie beside the session', (value) => ({ path, headers: { cookie: `other=${value}` } })),
  ];
}

const payloadOf = (subject: string): string => Buffer.from(JSON.stringify({ sub: subject })).toString('base64url');

/** The token of a session with another payload: it is refused, and is a token all the same. */
function forge(session: string, payload: string): string {
  const [header = '', , signature = ''] = session.split('.');
  return [header, payload, signature].join('.');
}

function administration({ owner, stranger, admin: session }: ProvocationCast): Provocation[] {
  const own = owner.samples.portfolios.at(-1) ?? '';
  const foreign = stranger.samples.portfolios[0] ?? '';
  const credentials = (portfolio: string, secret: string, more: Record<string, string> = {}): ServiceRequest => ({
    ...{ method: 'PUT', path: `/api/v1/portfolios/${portfolio}/broker-credentials`, session },
    body: {
      broker: 'probe broker',
      accountNumber: `${secret}a`,
      apiKey: `${secret}k`,
      apiSecret: `${secret}s`,
      ...more,
    },
  });
  const taken = owner.users[0]?.email ?? '';
  const user = { email: taken, displayName: 'Probe', role: 'viewer' };
  return [
    provoke('broker credentials', (secret) => credentials(own, secret)),
    provoke("broker credentials for another tenant's portfolio", (secret) => credentials(foreign, secret)),
    provoke('broker credentials of a wrong form', (secret) => credentials(own, secret, { more: secret })),
    provoke('a payload to be signed', (payload) => ({
      ...{ method: 'POST', path: `/api/v1/portfolios/${own}/broker-credentials/sign`, session, body: { payload } },
    })),
    provoke('the password of a user who exists', (password) => ({
      ...{ method: 'POST', path: '/api/v1/users', session, body: { ...user, password } },
    })),
    provoke('the name of a user who exists', (displayName) => ({
      ...{
        method: 'POST',
        path: '/api/v1/users',
        session,
        body: { ...user, displayName, password: 'only-a-probe-0001' },
      },
    })),
  ];
}
