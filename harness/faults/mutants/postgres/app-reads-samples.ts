/** The planner’s samples of all tables, readable. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-reads-samples',
  layer: 'postgres',
  title: 'the application may read pg_statistic: the most common values of every column, whoever’s rows they are of',
  claim: 'SEC-ISO',
  guarantee: 'What the planner knows of hidden rows stays with the planner.',
  seenIn:
    'CVE-2017-7484 and CVE-2019-10130: statistics of columns told users of rows that they may not see. A direct grant does it without a defect of the planner.',
  coveredBy: 'service',
  apply: ['grant select on pg_catalog.pg_statistic to alphapulse_app'],
  revert: ['revoke select on pg_catalog.pg_statistic from alphapulse_app'],
} satisfies Mutant;
