/** Reads the ALPHAPULSE_* variables by a schema and collects every problem, a line each. */
import type { z } from 'zod';
import { configurationPrefix } from './configuration.ts';

/** `data` is undefined when there are problems. */
export function readVariables<Schema extends z.ZodType>(
  schema: Schema,
  environment: NodeJS.ProcessEnv,
): { data: z.infer<Schema> | undefined; given: Record<string, string | undefined>; problems: string[] } {
  const given = Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => name.startsWith(configurationPrefix))
      .map(([name, value]) => [name.slice(configurationPrefix.length), value]),
  );
  const parsed = schema.safeParse(given);
  const problems = (parsed.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${configurationPrefix}${key}: no such setting`);
    const key = String(issue.path[0]);
    const value = given[key] === undefined ? 'not set' : JSON.stringify(given[key]);
    return [`${configurationPrefix}${key}: ${value}; ${issue.message}`];
  });
  return { data: parsed.data, given, problems };
}
