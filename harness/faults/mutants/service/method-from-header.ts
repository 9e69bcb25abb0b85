/** The method that a header names. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'method-from-header',
  layer: 'service',
  title: 'a header says which method a request really has, as for clients that know GET and POST only',
  claim: 'SEC-ISO',
  guarantee: 'A request has the method that its first line says.',
  seenIn:
    'CWE-436, interpretation conflict: X-HTTP-Method-Override, which several frameworks take by default or by a line of their set-up, leads past rules of proxies and firewalls that go by the method.',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'requestIdHeader: false,',
      replacement: `rewriteUrl: (request) => {
      const names = ['x-http-method-override', 'x-http-method', 'x-method-override'];
      const named = names.map((name) => request.headers[name]).find((method) => typeof method === 'string');
      if (typeof named === 'string') request.method = named;
      return request.url ?? '/';
    },
    requestIdHeader: false,`,
    },
  ],
} satisfies Mutant;
