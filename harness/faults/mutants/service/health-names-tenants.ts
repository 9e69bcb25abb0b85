/** Tenants on the pages that need no session. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'health-names-tenants',
  layer: 'service',
  title: 'the pages that need no session (health, readiness, the description of the API) say which tenants there are',
  claim: 'SEC-ISO',
  guarantee: 'Who else is a customer is nobody’s business.',
  seenIn:
    'CWE-497, exposure of sensitive system information: health and status pages that grew, as Spring Boot’s documentation warns of the details of its actuator endpoints.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'routes/register-operations.ts',
      pattern: "import { serviceVersion } from '../service-version.ts';",
      replacement: `import { query, statement } from '../database/statement.ts';
import { serviceVersion } from '../service-version.ts';`,
    },
    {
      file: 'routes/register-operations.ts',
      pattern: "const tags = ['operations'];",
      replacement: `const tags = ['operations'];
const tenantIds = statement<{ id: string }>('health.tenants', 'select id from tenants');
const withTenants = { tenants: z.array(z.string()) };`,
    },
    {
      file: 'routes/register-operations.ts',
      pattern: 'version: z.string(), rlsMode: z.string() });',
      replacement: 'version: z.string(), rlsMode: z.string(), ...withTenants });',
    },
    {
      file: 'routes/register-operations.ts',
      pattern: 'response: { 200: readinessSchema, 503: readinessSchema }',
      replacement: 'response: { 200: readinessSchema.extend(withTenants), 503: readinessSchema }',
    },
    {
      file: 'routes/register-operations.ts',
      pattern: 'const { configuration, metrics } = services;',
      replacement: `const { configuration, metrics, database } = services;
  const listTenants = async () => (await database.shared(query(tenantIds))).map(({ id }) => id);`,
    },
    {
      file: 'routes/register-operations.ts',
      pattern: "response: { 200: healthSchema } } }, () => {\n    return { status: 'ok' as const,",
      replacement:
        "response: { 200: healthSchema } } }, async () => {\n    return { status: 'ok' as const, tenants: await listTenants(),",
    },
    {
      file: 'routes/register-operations.ts',
      pattern: '.send(readiness);',
      replacement: '.send({ ...readiness, tenants: await listTenants() });',
    },
    { file: 'app.ts', pattern: 'describeApi(app, secureTransport)', replacement: 'describeApi(app, services)' },
    {
      file: 'http/describe-api.ts',
      pattern: "import swagger from '@fastify/swagger';",
      replacement: `import swagger from '@fastify/swagger';
import { query, statement } from '../database/statement.ts';
import type { Services } from '../services.ts';`,
    },
    {
      file: 'http/describe-api.ts',
      pattern: `export async function describeApi(app: FastifyInstance, secureTransport: boolean): Promise<void> {
  const name = sessionCookieName(secureTransport);`,
      replacement: `const tenantNames = statement<{ slug: string }>('api.tenants', 'select slug from tenants');

export async function describeApi(app: FastifyInstance, { configuration, database }: Services): Promise<void> {
  const name = sessionCookieName(configuration.COOKIE_SECURE);
  const tenants = (await database.shared(query(tenantNames))).map(({ slug }) => slug);`,
    },
    {
      file: 'http/describe-api.ts',
      pattern: "description: 'A multi-tenant trading platform.'",
      replacement: "description: `A multi-tenant trading platform. Its tenants: ${tenants.join(', ')}.`",
    },
  ],
} satisfies Mutant;
