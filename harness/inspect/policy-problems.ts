/** The policies of tenants' tables that a test finds something wrong with, each with the one statement that mends it, where there is one. */
import type { PolicyFact } from './facts.ts';
import { mendPolicy } from './mend-policy.ts';
import { qualifiedName, quoteName } from './quote.ts';
import type { Problem } from './rule.ts';
import { appliesToApplication, type Survey, type TenantTable } from './survey.ts';

/** `wrong` says what, or null; it is asked of the policies that the application meets. */
export function policyProblems(
  survey: Survey,
  wrong: (policy: PolicyFact, table: TenantTable) => string | null,
): Problem[] {
  return [...survey.tables, ...survey.children].flatMap((table) =>
    survey
      .policiesOf(table)
      .filter((policy) => appliesToApplication(survey, policy))
      .flatMap((policy) => {
        const what = wrong(policy, table);
        if (what === null) return [];
        const object = `${qualifiedName(table)}.${quoteName(policy.name)}`;
        return [{ object, what, fix: mendPolicy(survey, table, policy) }];
      }),
  );
}
