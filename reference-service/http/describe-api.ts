/** The OpenAPI document, from the schemas that validate and serialise, and from the table of roles. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { serviceVersion } from '../service-version.ts';
import { sessionCookieName } from './session-cookie.ts';

export async function describeApi(app: FastifyInstance, secureTransport: boolean): Promise<void> {
  const name = sessionCookieName(secureTransport);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'AlphaPulse', version: serviceVersion, description: 'A multi-tenant trading platform.' },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name } } },
    },
    transform: (document) => {
      const { schema, url } = jsonSchemaTransform(document);
      const { access } = document.route.config ?? {};
      if (access === undefined) return { schema, url };
      const roles = access === 'public' ? [] : [...access];
      const security = access === 'public' ? [] : [{ session: [] }];
      return { schema: { ...schema, security, 'x-roles': roles }, url };
    },
  });
}
