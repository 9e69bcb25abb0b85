/** Logins that fail, from a client of any address: through a proxy that the service trusts. */
import { randomBytes, randomUUID } from 'node:crypto';
import { call, type Answer } from '../../testing/api-client.ts';
import { eventually } from '../../testing/own-service.ts';

const minuteMs = 60_000;
const roomMs = 15_000;

export interface Login {
  tenant: string;
  email: string;
  password: string;
}

/** An address of the documentation's networks (RFC 3849), each in a customer's network of its own. */
export function newAddress(): string {
  const hex = randomBytes(8).toString('hex');
  return `2001:db8:${hex.slice(0, 4)}:${hex.slice(4, 8)}::${hex.slice(8, 12)}`;
}

/** With letters that others fold to or look like. */
export const nobody = (): string => `kiss-${randomUUID()}@test.example`;

export function logInFrom(url: string, address: string, body: Login): Promise<Answer> {
  return call('POST', '/api/v1/auth/login', { url, body, headers: { 'x-forwarded-for': address } });
}

/** Counters are kept by the minute: what counts to a limit begins early enough in one to end in it. */
export async function earlyInMinute(): Promise<void> {
  await eventually('a new minute', () => (Date.now() % minuteMs < minuteMs - roomMs ? true : null));
}
