/** Every rule of the inspection, in the order in which findings are told and mended. */
import type { Rule } from '../rule.ts';
import { childWithoutTenant } from './child-without-tenant.ts';
import { definerFunction } from './definer-function.ts';
import { definerSearchPath } from './definer-search-path.ts';
import { definerTrigger } from './definer-trigger.ts';
import { foreignKeyWithoutTenant } from './foreign-key-without-tenant.ts';
import { grantedToPublic } from './granted-to-public.ts';
import { leakproofFunction } from './leakproof-function.ts';
import { noPolicy } from './no-policy.ts';
import { noTenantIndex } from './no-tenant-index.ts';
import { partitionGranted } from './partition-granted.ts';
import { policyIgnoresSetting } from './policy-ignores-setting.ts';
import { policyMissingForCommand } from './policy-missing-for-command.ts';
import { policyOpen } from './policy-open.ts';
import { policyOtherSetting } from './policy-other-setting.ts';
import { policyUnclear } from './policy-unclear.ts';
import { policyWithoutCheck } from './policy-without-check.ts';
import { publishedTables } from './published-tables.ts';
import { referencesOrTriggerGranted } from './references-or-trigger-granted.ts';
import { relationWithoutPolicies } from './relation-without-policies.ts';
import { rewriteRule } from './rewrite-rule.ts';
import { roleBypassesPolicies } from './role-bypasses-policies.ts';
import { roleMayCreate } from './role-may-create.ts';
import { roleMemberOfPrivileged } from './role-member-of-privileged.ts';
import { roleOwnsTables } from './role-owns-tables.ts';
import { roleReadsAllData } from './role-reads-all-data.ts';
import { roleSuperuser } from './role-superuser.ts';
import { rowSecurityDisabled } from './row-security-disabled.ts';
import { rowSecurityNotForced } from './row-security-not-forced.ts';
import { rowSecurityOff } from './row-security-off.ts';
import { settingPreset } from './setting-preset.ts';
import { settingReadFails } from './setting-read-fails.ts';
import { settingReadPerRow } from './setting-read-per-row.ts';
import { temporaryObjects } from './temporary-objects.ts';
import { tenantColumnDefault } from './tenant-column-default.ts';
import { tenantColumnNullable } from './tenant-column-nullable.ts';
import { truncateGranted } from './truncate-granted.ts';
import { uniqueWithoutTenant } from './unique-without-tenant.ts';
import { viewRunsAsOwner } from './view-runs-as-owner.ts';

export const allRules: readonly Rule[] = [
  rowSecurityDisabled,
  rowSecurityNotForced,
  noPolicy,
  policyOpen,
  policyIgnoresSetting,
  policyOtherSetting,
  policyMissingForCommand,
  policyWithoutCheck,
  policyUnclear,
  settingReadFails,
  settingReadPerRow,
  settingPreset,
  rowSecurityOff,
  roleSuperuser,
  roleBypassesPolicies,
  roleMemberOfPrivileged,
  roleOwnsTables,
  roleReadsAllData,
  roleMayCreate,
  temporaryObjects,
  truncateGranted,
  referencesOrTriggerGranted,
  grantedToPublic,
  partitionGranted,
  relationWithoutPolicies,
  viewRunsAsOwner,
  definerFunction,
  definerSearchPath,
  definerTrigger,
  rewriteRule,
  leakproofFunction,
  childWithoutTenant,
  foreignKeyWithoutTenant,
  uniqueWithoutTenant,
  tenantColumnNullable,
  tenantColumnDefault,
  noTenantIndex,
  publishedTables,
];
