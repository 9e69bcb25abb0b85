/** Everything that is wrong with the gates of one's own in a policy, a line a mistake. */
import { z } from 'zod';
import type { GateProblem } from '../model/gate-problem.ts';
import { gateObjectSchema } from '../model/gate-schema.ts';
import { type GateSelector, gateMetrics, readSelector } from '../model/gate-selector.ts';
import { isProblems, readGate } from '../model/read-gate.ts';
import { closestName } from '../model/closest-name.ts';
import { type SchemaNode, describeAllowed, schemaAt } from './describe-allowed.ts';
import { showGiven } from './show-given.ts';

const entryShapes = 'a text such as p(99)<500, or an object with threshold, or with aggregation, limit and unit';

/** `gates`: as it stands in the file. `scenarios`: those there are; null where they are not known. */
export function checkGates(gates: unknown, scenarios: readonly string[] | null): string[] {
  if (gates === undefined) return [];
  if (typeof gates !== 'object' || gates === null || Array.isArray(gates)) {
    return [`gates is ${showGiven(gates)}; allowed: an object from selectors to lists of conditions`];
  }
  const seen = new Map<string, string>();
  return Object.entries(gates).flatMap(([key, entries]: [string, unknown]) => {
    const place = `gates.${key}`;
    const selector = readSelector(key, scenarios);
    const ofKey = isProblems(selector) ? selector.map((problem) => describe(place, problem)) : [];
    if (!Array.isArray(entries) || entries.length === 0) {
      return [...ofKey, `${place} is ${showGiven(entries)}; allowed: a list of conditions, at least one`];
    }
    const known = isProblems(selector) ? guessSelector(key) : selector;
    return [
      ...ofKey,
      ...entries.flatMap((entry, index) =>
        checkEntry(`${place}.${index}`, entry, known, isProblems(selector) ? new Map<string, string>() : seen),
      ),
    ];
  });
}

/** Below a mistaken tag or a mistyped metric the conditions are looked at all the same. */
function guessSelector(key: string): GateSelector | null {
  const name = key.split('{')[0]?.trim() ?? '';
  const selector = readSelector(closestName(name, gateMetrics) ?? '', null);
  return isProblems(selector) ? null : selector;
}

function checkEntry(place: string, entry: unknown, selector: GateSelector | null, seen: Map<string, string>): string[] {
  if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null || Array.isArray(entry))) {
    return [`${place} is ${showGiven(entry)}; allowed: ${entryShapes}`];
  }
  const form = typeof entry === 'string' ? [] : checkForm(place, entry as Record<string, unknown>);
  const parsed = typeof entry === 'string' ? entry : gateObjectSchema.safeParse(entry).data;
  if (parsed === undefined || selector === null) return form;
  const gate = readGate(selector, parsed);
  if (isProblems(gate)) return gate.map((problem) => describe(place, problem));
  const first = seen.get(gate.id);
  seen.set(gate.id, first ?? place);
  return first === undefined ? [] : [`${place} is the same gate as ${first} (${gate.id}); allowed: each gate once`];
}

/** Keys, types and ranges of the object form. */
function checkForm(place: string, entry: Record<string, unknown>): string[] {
  const parsed = gateObjectSchema.safeParse(entry);
  if (parsed.success) return [];
  const schema = z.toJSONSchema(gateObjectSchema) as SchemaNode;
  const names = Object.keys(schema.properties ?? {});
  return parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(place, key, names));
    const at = issue.path.join('.');
    const node = schemaAt(schema, issue.path);
    const given = entry[String(issue.path[0])];
    const allowed = node === null ? issue.message : describeAllowed(node);
    return [`${place}.${at} is ${showGiven(given)}; allowed: ${allowed}${reasonFor(at)}`];
  });
}

function reasonFor(key: string): string {
  if (key !== 'abortOnFail') return '';
  return ': a load that ends when its figures look bad cannot be judged; to stop early, use --until-decided';
}

function unknownKey(place: string, key: string, names: readonly string[]): string {
  if (key === 'delayAbortEval') {
    return `${place}.delayAbortEval is not taken: loads are not aborted on what their figures look like`;
  }
  const closest = closestName(key, names);
  const advice = closest === null ? `allowed: ${names.join(', ')}` : `did you mean ${closest}?`;
  return `${place}.${key} is an unknown key; ${advice}`;
}

function describe(place: string, { place: below, what, given, allowed, known }: GateProblem): string {
  const where = below === '' ? place : `${place}.${below}`;
  const closest = known === undefined || typeof given !== 'string' ? null : closestName(given, known);
  if (given === undefined) return `${where} is missing; allowed: ${allowed}`;
  return `${where} ${what} ${showGiven(given)}; ${closest === null ? `allowed: ${allowed}` : `did you mean ${closest}?`}`;
}
