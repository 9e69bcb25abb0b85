/** Whom the policies of tenants' tables do not bind: whatever reads with such a role's eyes shows all tenants' rows. */
import type { PolicyFact } from './facts.ts';
import { openParts } from './mend-policy.ts';
import { isRestricted } from './restricted.ts';
import { reachOf, type Survey, type TenantTable } from './survey.ts';

/**
 * Why whoever has this role sees one of the tables past its policies: as superuser, by BYPASSRLS, as the owner it is not forced on, or
 * by a policy for that role that is open. null: policies bind it.
 */
export function escapesPolicies(survey: Survey, name: string, tables: readonly TenantTable[]): string | null {
  const role = survey.role(name);
  if (role?.superuser === true) return 'a superuser';
  if (role?.bypassRls === true) return 'exempt from policies (BYPASSRLS)';
  const reaches = reachOf(survey.facts, name);
  const unforced = tables.find(({ owner, forced, rowSecurity }) => reaches.includes(owner) && rowSecurity && !forced);
  if (unforced !== undefined) return `the owner of ${unforced.name}, on which row security is not forced`;
  for (const table of tables) {
    const open = survey.policiesOf(table).find((policy) => isOpenTo(survey, table, policy, reaches));
    if (open !== undefined) return `whom the policy ${open.name} of ${table.name} does not bind to a tenant`;
  }
  return null;
}

/** Made for that role by name: one for everybody is a finding of its own, and the application meets it without any help. */
function isOpenTo(survey: Survey, table: TenantTable, policy: PolicyFact, reaches: readonly string[]): boolean {
  const forRole = !policy.roles.includes(null) && policy.roles.some((name) => name !== null && reaches.includes(name));
  return forRole && policy.permissive && openParts(survey, policy).length > 0 && !isRestricted(survey, table, policy);
}
