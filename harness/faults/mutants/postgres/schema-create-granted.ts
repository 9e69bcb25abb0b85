/** The right to make objects in the schema. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'schema-create-granted',
  layer: 'postgres',
  title: 'the application may make functions and tables in the schema public',
  claim: 'SEC-ISO',
  guarantee: 'The application makes no objects: none that others would call, none that would look into hidden rows.',
  seenIn:
    'CVE-2018-1058: whoever may create objects in a schema that others search can have them run his functions. Since version 15 PostgreSQL no longer grants it to all.',
  coveredBy: 'service',
  apply: ['grant create on schema public to alphapulse_app'],
  revert: ['revoke create on schema public from alphapulse_app'],
} satisfies Mutant;
