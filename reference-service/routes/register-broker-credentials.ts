/** Routes of broker credentials: the only ones that need Vault, and so the only ones that stop when it is sealed. */
import { createHmac } from 'node:crypto';
import { ApiError } from '../errors/api-error.ts';
import { addAuditEvent } from '../queries/audit.ts';
import { getBrokerAccount, setBrokerAccount } from '../queries/broker-account.ts';
import { byIdSchema } from '../schemas/fields.ts';
import {
  maskedBrokerCredentialsSchema,
  newBrokerCredentialsSchema,
  signatureSchema,
  signRequestSchema,
  type NewBrokerCredentials,
} from '../schemas/broker-credentials.ts';
import type { Services } from '../services.ts';
import { principalOf, type Principal } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';
import { z } from 'zod';

const tags = ['broker credentials'];
const shownCharacters = 4;
const route = '/api/v1/portfolios/:id/broker-credentials';

const secretSchema = z.object({ broker: z.string(), apiKey: z.string(), apiSecret: z.string() });
const secretPath = (portfolioId: string) => `broker-credentials/${portfolioId}`;

function mask(text: string): string {
  return text.slice(-shownCharacters).padStart(text.length, '*');
}

/** The account's ciphertext and the secret; 404 unless the portfolio is the tenant's and has both. */
async function readCredentials({ database, tenantVault }: Services, tenantId: string, portfolioId: string) {
  const [rows] = await database.asTenant(tenantId, getBrokerAccount(tenantId, portfolioId));
  const { ciphertext, ...account } = found(rows);
  if (ciphertext === null) throw new ApiError('NOT_FOUND');
  const [secret, accountNumber] = await Promise.all([
    tenantVault.readSecret(tenantId, secretPath(portfolioId)),
    tenantVault.decrypt(tenantId, ciphertext, portfolioId),
  ]);
  if (secret === null) throw new ApiError('NOT_FOUND');
  return { account, accountNumber, secret: secretSchema.parse(secret) };
}

/** Vault first: a row never names a secret that is not there. No connection to the database is held meanwhile. */
async function writeCredentials(
  services: Services,
  principal: Principal,
  portfolioId: string,
  body: NewBrokerCredentials,
) {
  const { database, tenantVault } = services;
  const { tenantId, userId } = principal;
  const { accountNumber, ...secret } = body;
  const [rows] = await database.asTenant(tenantId, getBrokerAccount(tenantId, portfolioId));
  found(rows);
  const ciphertext = await tenantVault.encrypt(tenantId, accountNumber, portfolioId);
  await tenantVault.writeSecret(tenantId, secretPath(portfolioId), secret);
  await database.asTenant(tenantId, setBrokerAccount(tenantId, portfolioId, ciphertext, userId));
}

/** Signs as the broker expects it: HMAC-SHA-256 in hexadecimal. Each use is in the audit log before it takes effect. */
async function sign(services: Services, principal: Principal, portfolioId: string, payload: string): Promise<string> {
  const { tenantId, userId } = principal;
  const { secret } = await readCredentials(services, tenantId, portfolioId);
  const entry = { actorId: userId, action: 'broker_credentials.used', subject: `portfolio:${portfolioId}` };
  await services.database.asTenant(tenantId, addAuditEvent(tenantId, entry));
  return createHmac('sha256', secret.apiSecret).update(payload).digest('hex');
}

export function registerBrokerCredentials(app: RouteApp, services: Services): void {
  app.put(
    route,
    {
      schema: {
        tags,
        params: byIdSchema,
        body: newBrokerCredentialsSchema,
        response: { 204: z.null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      await writeCredentials(services, principalOf(request), request.params.id, request.body);
      return reply.status(204).send(null);
    },
  );

  app.get(
    route,
    { schema: { tags, params: byIdSchema, response: { 200: maskedBrokerCredentialsSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { account, accountNumber, secret } = await readCredentials(services, tenantId, request.params.id);
      return { ...account, broker: secret.broker, accountNumber: mask(accountNumber), apiKey: mask(secret.apiKey) };
    },
  );

  app.post(
    `${route}/sign`,
    {
      schema: {
        tags,
        params: byIdSchema,
        body: signRequestSchema,
        response: { 200: signatureSchema, ...errorResponses },
      },
    },
    async (request) => {
      return { signature: await sign(services, principalOf(request), request.params.id, request.body.payload) };
    },
  );
}
