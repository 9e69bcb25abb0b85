/** thresholds.json → Thresholds. Every mistake in it is told at once: where, what was given, what is allowed. */
import { z } from 'zod';
import { SignoffError } from '../model/errors.ts';
import { type Thresholds, thresholdsSchema } from '../model/thresholds.ts';
import { closestName } from './closest-name.ts';
import { type SchemaNode, describeAllowed, schemaAt } from './describe-allowed.ts';

type Issue = z.core.$ZodIssue;

/** `file`: what to call the data in the message. Throws BAD_CONFIGURATION. */
export function parseThresholds(data: unknown, file: string): Thresholds {
  const parsed = thresholdsSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const schema = z.toJSONSchema(thresholdsSchema) as SchemaNode;
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, data, schema));
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  throw new SignoffError('BAD_CONFIGURATION', [`${file}: ${count}`, ...problems.map((line) => `  ${line}`)].join('\n'));
}

function describeIssue(issue: Issue, data: unknown, schema: SchemaNode): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => describeUnknownKey([...issue.path, key], schema));
  }
  const node = schemaAt(schema, issue.path);
  const allowed = node === null ? issue.message : describeAllowed(node);
  const place = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  const given = valueAt(data, issue.path);
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

const longestShown = 60;

function show(value: unknown): string {
  // JSON has no word for NaN and Infinity, which a caller in the program may still hand over.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
