/** Calls of simple functions, replaced by what they compute: one expression of SQL with the arguments in the places of the parameters. */
import type { CatalogueFacts, FunctionFact } from './facts.ts';
import { parseBody, type Expression } from './parse-expression.ts';

type Call = Extract<Expression, { kind: 'call' }>;
interface Known {
  facts: Pick<CatalogueFacts, 'functions'>;
}

/** A function may call itself. */
const DEEPEST = 8;

/** null: no function of that name, several (which is meant its types decide), or one that does more than compute an expression. */
export function inlineCall(call: Call, known: Known, depth = 0): Expression | null {
  const [found, ...others] = functionsOfCall(call, known);
  if (depth > DEEPEST || others.length > 0 || !found?.expression) return null;
  const { parameters, body } = found.expression;
  const tree = parameters.length === call.parts.length ? parseBody(body) : null;
  return tree === null ? null : substitute(tree, { parameters, call, known, depth: depth + 1 });
}

/** Settings that functions of that name read, in lower case. */
export function settingsOfCall(call: Call, known: Known): string[] {
  return functionsOfCall(call, known).flatMap(({ settings }) => settings);
}

function functionsOfCall({ path }: Call, { facts }: Known): FunctionFact[] {
  const [name, schema] = path.toReversed();
  return facts.functions.filter(
    (one) => one.name === name?.replaceAll('"', '') && (schema === undefined || one.schema === schema),
  );
}

interface Substitution {
  parameters: string[];
  call: Call;
  known: Known;
  depth: number;
}

/** null as soon as a part was not understood, or is neither a parameter nor made of them. */
function substitute(tree: Expression, within: Substitution): Expression | null {
  if (tree.kind === 'opaque') return null;
  if (tree.kind === 'name') {
    const [name = ''] = tree.path;
    const place = /^\$\d+$/.test(name) ? Number(name.slice(1)) - 1 : within.parameters.indexOf(name);
    return (tree.path.length === 1 ? within.call.parts[place] : undefined) ?? null;
  }
  if ('part' in tree) {
    const part = substitute(tree.part, within);
    return part === null ? null : { ...tree, part };
  }
  if (!('parts' in tree)) return tree;
  const parts = tree.parts.map((part) => substitute(part, within)).filter((part) => part !== null);
  if (parts.length < tree.parts.length) return null;
  const inner: Expression = { ...tree, parts };
  // A function within it is judged where it is; one that calls itself would be judged for ever.
  return inner.kind === 'call' && functionsOfCall(inner, within.known).length > 0
    ? inlineCall(inner, within.known, within.depth)
    : inner;
}
