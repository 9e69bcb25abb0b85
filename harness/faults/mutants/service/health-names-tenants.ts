/** Tenants on the pages of health. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'health-names-tenants',
  layer: 'service',
  title: 'the pages of health and readiness, which need no session, say which tenants there are',
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
  ],
} satisfies Mutant;
