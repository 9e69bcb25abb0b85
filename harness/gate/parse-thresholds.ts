/** thresholds.json → Thresholds. Every mistake in it is told at once: where, what was given, what is allowed. */
import { z } from 'zod';
import { SignoffError } from '../model/errors.ts';
import { type Thresholds, thresholdsSchema } from '../model/thresholds.ts';
import { checkGates } from './check-gates.ts';
import { checkTogether } from './check-policy.ts';
import { closestName } from '../model/closest-name.ts';
import { type SchemaNode, describeAllowed, schemaAt } from './describe-allowed.ts';
import { showGiven as show } from './show-given.ts';

type Issue = z.core.$ZodIssue;

/** `file`: what to call the data in the message. `scenarios`: those that a gate may name; null: any. Throws BAD_CONFIGURATION. */
export function parseThresholds(data: unknown, file: string, scenarios: readonly string[] | null = null): Thresholds {
  const parsed = thresholdsSchema.safeParse(data);
  const schema = z.toJSONSchema(thresholdsSchema) as SchemaNode;
  const issues = parsed.success ? [] : parsed.error.issues;
  const ofGates = checkGates(gatesOf(data), scenarios);
  // The gates have a checker of their own, which says more; what it lets through must still have the right form.
  const told = ofGates.length > 0 ? issues.filter(({ path }) => path[0] !== 'gates') : issues;
  const problems = [...told.flatMap((issue) => describeIssue(issue, data, schema)), ...checkTogether(data), ...ofGates];
  if (parsed.success && problems.length === 0) return parsed.data;
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  throw new SignoffError('BAD_CONFIGURATION', [`${file}: ${count}`, ...problems.map((line) => `  ${line}`)].join('\n'));
}

function gatesOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'gates' in data ? data.gates : undefined;
}

function describeIssue(issue: Issue, data: unknown, schema: SchemaNode): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => describeUnknownKey([...issue.path, key], schema));
  }
  const node = schemaAt(schema, issue.path);
  const place = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  const given = valueAt(data, issue.path);
  // What entries must fulfil together is in no schema of the one at its place.
  if (issue.code === 'custom') return [`${place} is ${show(given)}: ${issue.message}`];
  const allowed = node === null ? issue.message : describeAllowed(node);
  return [
    given === undefined
      ? `${place} is missing; allowed: ${allowed}`
      : `${place} is ${show(given)}; allowed: ${allowed}`,
  ];
}

function describeUnknownKey(path: PropertyKey[], schema: SchemaNode): string {
  const known = Object.keys(schemaAt(schema, path.slice(0, -1))?.properties ?? {});
  const closest = closestName(String(path.at(-1)), known);
  const advice = closest === null ? `allowed: ${known.join(', ')}` : `did you mean ${closest}?`;
  return `${path.join('.')} is an unknown key; ${advice}`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
