/** What is looked for afterwards must have been sent in that very form: otherwise no log could ever be found to hold it. */
import { describe, expect, it } from 'vitest';
import { type ManifestTenant, manifestTenantSchema } from '../../../model/manifest.ts';
import { makeProvocations } from './provocations.ts';

function tenantOf(number: number): ManifestTenant {
  const id = `00000000-0000-4000-8000-00000000000${number}`;
  const slug = `tenant-${number}`;
  const kinds = ['portfolios', 'strategies', 'signals', 'orders', 'trades', 'riskLimits'];
  return manifestTenantSchema.parse({
    ...{ id, slug, tier: 'starter', canary: `cnry_00000000000${number}`, rows: 1, checksum: '0'.repeat(64) },
    users: ['admin', 'trader', 'viewer'].map((role) => ({ id, email: `${role}@${slug}.example`, role })),
    samples: Object.fromEntries(kinds.map((kind) => [kind, [id]])),
    expected: { trades: 0, positions: 0, grossExposure: '0.00' },
  });
}

const session = ['header', 'payload', 'signature'].join('.');
const provocations = makeProvocations({
  ...{ owner: tenantOf(1), stranger: tenantOf(2) },
  ...{ admin: session, trader: session, viewer: session },
});

describe('every provocation', () => {
  it.each(provocations.map((provocation) => [provocation.what, provocation] as const))(
    '%s',
    (_what, { request, secrets }) => {
      const { path, headers = {}, session: cookie = '', body } = request;
      const sent = [
        path,
        ...Object.values(headers),
        cookie,
        typeof body === 'string' ? body : JSON.stringify(body ?? ''),
      ];
      expect(secrets).not.toEqual([]);
      for (const secret of secrets) expect(sent.join('\n')).toContain(secret);
    },
  );
});
