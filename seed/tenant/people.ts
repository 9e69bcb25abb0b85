/** The tenant itself and its users: at least one admin, two traders and a viewer; more in higher tiers. */
import { DAY_MS } from '../market/trading-days.ts';
import { appendRow, escapeField, formatTime } from '../text/copy-text.ts';
import { FEWEST_USERS } from './row-budget.ts';
import { withCanary } from './tenant-context.ts';
import type { Role, TenantContext } from './tenant-context.ts';

/**
 * Stands in the text where the password hash goes. The checksum is taken with it in place, so that it tells the data
 * apart and not the cost at which one password was hashed.
 */
export const PASSWORD_HASH_PLACEHOLDER = '{password_hash}';

const firstRoles: readonly Role[] = ['admin', 'trader', 'trader', 'viewer'];
/** One in this many users beyond the first four has left: the account is not active. */
const INACTIVE_ONE_IN = 8;

export function writeTenant(tenant: TenantContext): void {
  const { random, world, plan } = tenant;
  const name = random.pick(world.dictionary.companies);
  appendRow(tenant.tables.tenants, [
    tenant.id,
    tenant.slug,
    escapeField(name),
    plan.tier,
    formatTime(tenant.createdAtMs),
  ]);
}

export function writeUsers(tenant: TenantContext): void {
  const { random, world, budget, tables } = tenant;
  const seen: Record<Role, number> = { admin: 0, trader: 0, viewer: 0 };
  for (let number = 0; number < budget.users; number += 1) {
    const role = firstRoles[number] ?? drawRole(tenant);
    seen[role] += 1;
    const id = random.uuid();
    const email = `${role}${role === 'admin' && seen.admin === 1 ? '' : seen[role]}@${tenant.slug}.example`;
    const active = number < FEWEST_USERS || random.below(INACTIVE_ONE_IN) > 0;
    const joinedMs = tenant.createdAtMs + random.below(20) * DAY_MS + random.below(DAY_MS);
    tenant.users.push({ id, email, role, active });
    appendRow(tables.users, [
      id,
      tenant.id,
      email,
      escapeField(withCanary(random.pick(world.dictionary.people), tenant)),
      role,
      PASSWORD_HASH_PLACEHOLDER,
      active ? 't' : 'f',
      formatTime(joinedMs),
    ]);
  }
}

function drawRole({ random }: TenantContext): Role {
  const drawn = random.below(100);
  if (drawn < 10) return 'admin';
  return drawn < 65 ? 'trader' : 'viewer';
}
