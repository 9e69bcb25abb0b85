/** The path that a header names. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'path-from-header',
  layer: 'service',
  title: 'a header says which path is meant, and who may ask is decided by the one in the first line',
  claim: 'SEC-AUTHZ',
  guarantee: 'Access is decided for the route that answers.',
  seenIn:
    'CVE-2018-14773: Symfony took X-Original-URL and X-Rewrite-URL for the path, past what a proxy in front of it had allowed. CWE-436, interpretation conflict.',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'requestIdHeader: false,',
      replacement: `rewriteUrl: ({ headers, url }) =>
      String(headers['x-original-url'] ?? headers['x-rewrite-url'] ?? headers['x-forwarded-uri'] ?? url),
    requestIdHeader: false,`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'const { access } = request.routeOptions.config;',
      replacement: `const [path] = request.originalUrl.split('?');
    const access = routeAccess[\`\${request.method} \${path}\`] ?? request.routeOptions.config.access;`,
    },
  ],
} satisfies Mutant;
