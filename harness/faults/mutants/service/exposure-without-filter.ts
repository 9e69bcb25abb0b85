/** A sum over all tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'exposure-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'the exposure is summed over the positions of all tenants',
  claim: 'SEC-ISO',
  guarantee: 'Every query names the tenant itself, beside the policy.',
  seenIn:
    'Aggregates are where a missing condition shows least: no foreign row is listed, only a sum that nobody checks. CWE-863, incorrect authorization.',
  coveredBy: 'postgres',
  replacements: [
    { file: 'queries/risk.ts', pattern: 'where p.tenant_id = $1', replacement: 'where $1::uuid is not null' },
  ],
} satisfies Mutant;
