/** Headers of a request in its answer, and of the software. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'headers-sent-back',
  layer: 'service',
  title: 'answers name the software, and carry the trace and the headers back that the request came with',
  claim: 'SEC-ISO',
  guarantee: 'An answer’s headers tell nothing of the software, of a trace, or of what the request carried.',
  seenIn:
    'W3C Baggage, "Privacy": what travels in it may be a secret. OWASP Secure Headers Project asks for Server and X-Powered-By to be left out; CWE-200. Tracing that is set up to put its context on answers too.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'http/security-headers.ts',
      pattern: "reply.header('x-request-id', request.id);",
      replacement: `reply.header('x-request-id', request.id);
    reply.header('x-powered-by', 'Fastify');
    reply.header('traceparent', request.headers.traceparent ?? \`00-\${request.id.replaceAll('-', '')}-0000000000000001-01\`);
    for (const name of ['baggage', 'tracestate', 'origin', 'user-agent']) reply.header(name, request.headers[name] ?? '');`,
    },
  ],
} satisfies Mutant;
