/** Statements and their values in the log of Postgres. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'statements-in-log',
  layer: 'postgres',
  title: 'Postgres logs every statement of the application, with the values that it is given',
  claim: 'SEC-ISO',
  guarantee: 'No secret and no tenant’s data is in a log.',
  seenIn:
    'PostgreSQL documentation, "Error Reporting and Logging", log_statement and log_parameter_max_length: switched on to look for a fault. CWE-532, insertion of sensitive information into a log file.',
  mustBeSeenBy: ['telemetry'],
  apply: [`alter role alphapulse_app set log_statement = 'all'`],
  revert: ['alter role alphapulse_app reset log_statement'],
} satisfies Mutant;
