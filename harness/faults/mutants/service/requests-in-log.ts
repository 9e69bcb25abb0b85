/** Whole requests in the log. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'requests-in-log',
  layer: 'service',
  title: 'every request is written to the log as it came: address, headers, cookies and body',
  claim: 'SEC-ISO',
  guarantee: 'No secret and no tenant’s data is in the log.',
  seenIn:
    'CWE-532, insertion of sensitive information into a log file; OWASP, Logging Cheat Sheet, "Data to exclude": session identifiers, access tokens, passwords. A dump of the request, made while a fault was looked for.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'app.ts',
      pattern: 'genReqId: requestId,',
      replacement: `genReqId: (raw) => {
      const id = requestId(raw);
      // As agents that watch an application do it: whatever arrives passes here, whether it is read or not.
      const push = raw.push.bind(raw);
      raw.push = (chunk: unknown, encoding) => {
        if (chunk !== null) loggerInstance.info({ requestId: id, received: String(chunk) }, 'body');
        return push(chunk, encoding);
      };
      return id;
    },`,
    },
    {
      file: 'http/observe-requests.ts',
      pattern: 'status: reply.statusCode,\n        durationMs',
      replacement:
        'status: reply.statusCode,\n        url: request.url,\n        headers: JSON.stringify(request.headers),\n        durationMs',
    },
  ],
} satisfies Mutant;
