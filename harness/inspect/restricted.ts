/** Whether a restrictive policy of the table covers for a permissive one that does not bind the tenant by itself. */
import { bindingOf } from './binding.ts';
import type { PolicyFact } from './facts.ts';
import { appliesToApplication, type Survey, type TenantTable } from './survey.ts';

/** Restrictive policies are joined by AND: one that binds the tenant, for the same commands and everyone, covers for permissive ones. */
export function isRestricted(survey: Survey, table: TenantTable, { command }: PolicyFact): boolean {
  return survey.policiesOf(table).some((other) => {
    const covers = other.command === 'ALL' || other.command === command;
    const parts = other.command === 'INSERT' ? [other.check] : [other.using, other.check ?? other.using];
    const bound = parts.every((part) => bindingOf(part, survey) === 'bound');
    return !other.permissive && covers && bound && other.roles.includes(null) && appliesToApplication(survey, other);
  });
}
