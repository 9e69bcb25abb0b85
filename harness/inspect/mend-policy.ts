/** How a policy that differs is brought to what it should be, without a row becoming visible in a tenant that did not own it before. */
import { bindingOf, bindingOfTree, boundComparisons } from './binding.ts';
import type { PolicyFact } from './facts.ts';
import { otherSettingsIn } from './other-settings.ts';
import { parseExpression, type Expression } from './parse-expression.ts';
import { qualifiedName, quoteName } from './quote.ts';
import { mendSettingReads } from './setting-reads.ts';
import type { Survey, TenantTable } from './survey.ts';
import { tenantExpression } from './tenant-policy.ts';

/** What it lets in of other tenants' rows: nothing, when both of its expressions bind the tenant column. */
export function openParts(survey: Survey, policy: PolicyFact): ('USING' | 'WITH CHECK')[] {
  const parts: ('USING' | 'WITH CHECK')[] = [];
  // Without a USING it lets nothing be read.
  if (policy.using !== null && bindingOf(policy.using, survey) === 'open') parts.push('USING');
  const writes = policy.command !== 'SELECT' && policy.command !== 'DELETE';
  // Without a WITH CHECK, USING stands for it.
  if (writes && policy.check !== null && bindingOf(policy.check, survey) === 'open') parts.push('WITH CHECK');
  return parts;
}

/**
 * One statement that mends everything that rules find at a policy, so that mending one finding does not undo another. None where
 * nothing of it was understood: whoever rewrites what is not understood may widen it.
 */
export function mendPolicy(survey: Survey, table: TenantTable, policy: PolicyFact): string[] {
  const standard = tenantExpression(survey, table);
  const mended = (expression: string) =>
    mendExpression(survey, { expression, standard, permissive: policy.permissive });
  const using = policy.using === null ? null : mended(policy.using);
  // A policy for INSERT without a check lets nothing in; for others USING stands for it.
  const check = policy.check === null ? (policy.using === null ? standard : using) : mended(policy.check);
  const reads = policy.command === 'SELECT' || policy.command === 'DELETE';
  const clauses = [
    ...(policy.command === 'INSERT' || using === null || using === policy.using ? [] : [`USING (${using})`]),
    ...(reads || check === null || check === policy.check ? [] : [`WITH CHECK (${check})`]),
  ];
  if (clauses.length === 0) return [];
  return [`ALTER POLICY ${quoteName(policy.name)} ON ${qualifiedName(table)} ${clauses.join(' ')};`];
}

/**
 * Comparisons that were understood are made strict where they stand, which AND and OR carry on to the whole. What is open is narrowed by
 * AND: what else it asked for is asked for still. null: not understood, and left as it is. Restrictive policies are not to bind a tenant.
 */
function mendExpression(
  survey: Survey,
  { expression, standard, permissive }: { expression: string; standard: string; permissive: boolean },
): string | null {
  const { setting } = survey.parameters;
  const tree = parseExpression(expression);
  const comparisons = [...boundComparisons(tree, survey)];
  const strict = comparisons.reduceRight((text, { start, end, binding }) => {
    const replaced = binding === 'bound' ? mendSettingReads(text.slice(start, end), setting) : standard;
    return permissive || binding === 'bound' ? text.slice(0, start) + replaced + text.slice(end) : text;
  }, expression);
  const binding = bindingOf(expression, survey);
  if (!permissive || binding === 'bound' || binding === 'elsewhere') return strict;
  if (binding === 'unclear' && otherSettingsIn(survey, expression).length === 0) return null;
  const isBound = (part: Expression) => bindingOfTree(part, survey) === 'bound';
  const constant = tree.kind === 'constant' && tree.value === 'true';
  // One of several that are joined by OR: without the others nothing is added.
  const within = tree.kind === 'or' && tree.parts.some((part) => part.kind === 'compare' && isBound(part));
  return constant || within ? standard : `${standard} AND (${strict})`;
}
