/** Every form is found, and an ordinary line of a log holds none. */
import { describe, expect, it } from 'vitest';
import { findLeaks, leakForms } from './find-leaks.ts';

const leaks: Record<string, string> = {
  "a tenant's canary": '{"note":"placed under load cnry_0123456789ab"}',
  'an e-mail address of a user': 'login of trader2@blue-fund.example',
  'a session token': '"eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl"',
  'a cookie': 'cookie: alphapulse_session=x',
  'a token of Vault': 'token hvs.CAESIJlU9JMYEhOPYv4igdhm9PnZDrabYTobQ4Ymnlq',
  'a ciphertext of Vault': 'vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9g==',
  'a password hash': '$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$aGFzaA',
  'a private key': '-----BEGIN PRIVATE KEY-----',
};

describe('findLeaks', () => {
  it.each(leakForms)('finds %s', (what) => {
    expect(findLeaks(leaks[what] ?? '')).toEqual([what]);
  });

  it('passes what operators need: ids, routes, stack traces', () => {
    const line = {
      tenant: '11111111-1111-4111-8111-111111111111',
      route: '/api/v1/trades/:id',
      stack: 'Error: no\n    at file:///app/node_modules/@fastify/jwt@10.2.8/jwt.js:1:2',
      version: 'pg@8.23.1',
    };
    expect(findLeaks(JSON.stringify(line))).toEqual([]);
  });
});
