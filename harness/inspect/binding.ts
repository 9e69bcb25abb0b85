/**
 * Whether the expression of a policy binds a row to the tenant of the setting. It says `bound` of what it has understood and of
 * nothing else: the tenant column = the setting, alone or within AND and OR, directly or through functions of one SQL expression.
 */
import type { CatalogueFacts } from './facts.ts';
import { inlineCall, settingsOfCall } from './inline-call.ts';
import { parseExpression, type Expression } from './parse-expression.ts';

/**
 * bound: the rows that pass are those of the tenant in the setting. elsewhere: those that something else than the setting names.
 * unclear: not understood. open: a row of another tenant may pass.
 */
export type Binding = 'bound' | 'elsewhere' | 'unclear' | 'open';

export interface BindingContext {
  parameters: { tenantColumn: string; setting: string };
  facts: Pick<CatalogueFacts, 'functions'>;
}

const worstFirst: Binding[] = ['open', 'unclear', 'elsewhere', 'bound'];

/** A missing expression lets everything pass. */
export function bindingOf(expression: string | null, context: BindingContext): Binding {
  return expression === null ? 'open' : bindingOfTree(parseExpression(expression), context);
}

export function bindingOfTree(tree: Expression, context: BindingContext): Binding {
  switch (tree.kind) {
    case 'or':
    case 'and': {
      const parts = tree.parts.map((part) => bindingOfTree(part, context));
      const order = tree.kind === 'or' ? worstFirst : worstFirst.toReversed();
      return order.find((binding) => parts.includes(binding)) ?? 'unclear';
    }
    case 'constant':
      // Nothing passes.
      return tree.value === 'false' ? 'bound' : 'open';
    case 'scalar':
      return bindingOfTree(tree.part, context);
    case 'compare':
      return bindingOfComparison(tree.operator, tree.parts, context);
    case 'call': {
      const inlined = inlineCall(tree, context);
      if (inlined !== null) return bindingOfTree(inlined, context);
      break;
    }
  }
  return mentionsTenant(tree, context) ? 'unclear' : 'open';
}

function bindingOfComparison(operator: string, [left, right]: Expression[], context: BindingContext): Binding {
  const mentioned = [left, right].some((side) => side !== undefined && mentionsTenant(side, context));
  if (!mentioned || left === undefined || ['is null', '<>', '!=', '<', '>', '<=', '>='].includes(operator))
    return 'open';
  if (right === undefined || (operator !== '=' && operator !== 'in')) return 'unclear';
  const [one, other] = isTenantColumn(left, context) ? [left, right] : [right, left];
  if (!isTenantColumn(one, context)) return 'unclear';
  const value = valueOf(other, context);
  // `tenant_id = coalesce(x, tenant_id)` is true of every row.
  if (value === 'row') return 'open';
  return value === 'setting' ? (operator === '=' ? 'bound' : 'unclear') : value;
}

/** row: it has the row's own tenant in it. */
type Value = 'setting' | 'elsewhere' | 'unclear' | 'row';

/** Casts that keep different values different. */
const keepingTypes = new Set(
  'uuid text varchar bigint integer int int4 int8 numeric'.split(' ').concat('character varying'),
);

function valueOf(tree: Expression, context: BindingContext): Value {
  if (mentionsTenant(tree, context)) return 'row';
  const understood = isSetting(tree, context);
  if (understood) return 'setting';
  return mentionsSetting(tree, context) ? 'unclear' : 'elsewhere';
}

/** The setting's own value, or null where it has none. */
function isSetting(tree: Expression, context: BindingContext): boolean {
  if (tree.kind === 'scalar') return isSetting(tree.part, context);
  if (tree.kind === 'cast') return keepingTypes.has(tree.type) && isSetting(tree.part, context);
  if (tree.kind !== 'call') return false;
  const [first, second] = tree.parts;
  const name = tree.path.join('.').replace(/^pg_catalog\./, '');
  if (first === undefined) {
    // A function without arguments, as app.current_tenant().
  } else if (name === 'current_setting') {
    return (
      isConstant(first, context.parameters.setting) && (second === undefined || uncast(second).kind === 'constant')
    );
  } else if (name === 'nullif') {
    return isSetting(first, context) && second !== undefined && isConstant(second, '');
  } else if (name === 'any') {
    return first.kind === 'array' && first.parts.length > 0 && first.parts.every((part) => isSetting(part, context));
  }
  const inlined = inlineCall(tree, context);
  return inlined !== null && isSetting(inlined, context);
}

const uncast = (tree: Expression): Expression => (tree.kind === 'cast' ? uncast(tree.part) : tree);

function isConstant(tree: Expression, value: string): boolean {
  const bare = uncast(tree);
  return bare.kind === 'constant' && bare.value.toLowerCase() === value.toLowerCase();
}

function isTenantColumn(tree: Expression, context: BindingContext): boolean {
  if (tree.kind === 'cast') return keepingTypes.has(tree.type) && isTenantColumn(tree.part, context);
  return tree.kind === 'name' && tree.path.at(-1) === context.parameters.tenantColumn;
}

/** Everything in it, itself first; the insides of functions are not. */
function* partsOf(tree: Expression): Generator<Expression, void, void> {
  yield tree;
  if ('parts' in tree) for (const part of tree.parts) yield* partsOf(part);
  if ('part' in tree) yield* partsOf(tree.part);
}

export function callsIn(tree: Expression): Extract<Expression, { kind: 'call' }>[] {
  return [...partsOf(tree)].filter((part) => part.kind === 'call');
}

/** Anywhere outside of texts. A subquery's column of that name counts: whether it is the row's is not known, unless it is selected from. */
function mentionsTenant(tree: Expression, { parameters: { tenantColumn } }: BindingContext): boolean {
  const bare = tenantColumn.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w"])(?:"${bare.replaceAll('"', '""')}"|${bare})(?![\\w"])`);
  return [...partsOf(tree)].some(
    (part) =>
      (part.kind === 'name' && part.path.at(-1) === tenantColumn) ||
      (part.kind === 'opaque' && pattern.test(part.text.replace(/'(?:[^']|'')*'/g, "''"))),
  );
}

function mentionsSetting(tree: Expression, context: BindingContext): boolean {
  const { setting } = context.parameters;
  return [...partsOf(tree)].some(
    (part) =>
      (part.kind === 'constant' && part.value.toLowerCase() === setting.toLowerCase()) ||
      (part.kind === 'opaque' && part.text.toLowerCase().includes(setting.toLowerCase())) ||
      (part.kind === 'call' && settingsOfCall(part, context).includes(setting.toLowerCase())),
  );
}

/** Comparisons that were understood as binding the row, and where they stand: to replace one by a stricter one makes the whole no wider. */
export function* boundComparisons(
  tree: Expression,
  context: BindingContext,
): Generator<{ start: number; end: number; binding: 'bound' | 'elsewhere' }, void, void> {
  if (tree.kind === 'and' || tree.kind === 'or') {
    for (const part of tree.parts) yield* boundComparisons(part, context);
  }
  if (tree.kind !== 'compare') return;
  const binding = bindingOfTree(tree, context);
  if (binding === 'bound' || binding === 'elsewhere') yield { start: tree.start, end: tree.end, binding };
}
