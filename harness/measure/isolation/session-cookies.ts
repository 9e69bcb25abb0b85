/** Valid sessions without logging in: signed with the service's own key, so that no limit on logins is used up. */
import type { ManifestTenant } from '../../model/manifest.ts';
import type { System } from '../../model/system.ts';
import { forgeTokens } from '../forge-tokens.ts';
import { readSigningKey } from '../read-signing-key.ts';

/** A trader of each tenant, in the same order. */
export async function sessionCookies(
  vault: System['vault'],
  url: string,
  tenants: readonly ManifestTenant[],
): Promise<string[]> {
  // Over TLS with the prefix that ties a cookie to its host (RFC 6265bis, section 4.1.3.2).
  const name = `${url.startsWith('https:') ? '__Host-' : ''}alphapulse_session`;
  const key = await readSigningKey(vault);
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return tenants.map(({ id, slug, users }) => {
    const user = users.find(({ role }) => role === 'trader');
    if (user === undefined) throw new Error(`the tenant ${slug} has no trader in the manifest`);
    const holder = { userId: user.id, tenantId: id, tenantSlug: slug, role: user.role };
    const valid = forgeTokens(key, holder, nowSeconds).find(({ kind }) => kind === 'control');
    return `${name}=${valid?.cookie ?? ''}`;
  });
}
