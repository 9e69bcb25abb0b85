/** Bodies of requests in the log. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'body-in-log',
  layer: 'service',
  title: 'the body of every request is written to the log, passwords and credentials with it',
  claim: 'SEC-ISO',
  guarantee: 'No secret and no tenant’s data is in the log.',
  seenIn:
    'Twitter and GitHub, May 2018: passwords in plain text in internal logs. CWE-532, insertion of sensitive information into a log file.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'http/observe-requests.ts',
      pattern: 'status: reply.statusCode,\n        durationMs',
      replacement: 'status: reply.statusCode,\n        received: JSON.stringify(request.body),\n        durationMs',
    },
  ],
} satisfies Mutant;
