/** A refusal that tells that there is something. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'existence-told-by-status',
  layer: 'service',
  arm: 'filter',
  title: 'another tenant’s signal is refused with 403, one that does not exist with 404',
  claim: 'SEC-ISO',
  guarantee: 'Not yours and not there are answered alike.',
  seenIn:
    'CWE-204, observable response discrepancy; the reason why GitHub’s API answers 404 for private repositories of others ("Troubleshooting the REST API").',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/strategies.ts',
      pattern: 'from signals where tenant_id = $1 and id = $2`',
      replacement: 'from signals where $1::uuid is not null and id = $2`',
    },
    {
      file: 'routes/register-strategies.ts',
      pattern: 'import { getSignal,',
      replacement: "import { ApiError } from '../errors/api-error.ts';\nimport { getSignal,",
    },
    {
      file: 'routes/register-strategies.ts',
      pattern: 'const [rows] = await database.asTenant(tenantId, getSignal(tenantId, request.params.id));',
      replacement: `const [rows] = await database.asTenant(tenantId, getSignal(tenantId, request.params.id));
      if (rows[0] !== undefined && rows[0].tenantId !== tenantId) throw new ApiError('FORBIDDEN');`,
    },
  ],
} satisfies Mutant;
