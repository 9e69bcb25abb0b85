/** Settings but the tenant's that an expression asks for, itself or through the functions that it calls. */
import { callsIn } from './binding.ts';
import { settingsOfCall } from './inline-call.ts';
import { parseExpression } from './parse-expression.ts';
import type { Survey } from './survey.ts';

export function otherSettingsIn(survey: Survey, expression: string): string[] {
  const read = [...expression.matchAll(/current_setting\s*\(\s*'([^']+)'/gi)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  const called = callsIn(parseExpression(expression)).flatMap((call) => settingsOfCall(call, survey));
  return [...new Set([...read, ...called])].filter((name) => name !== survey.parameters.setting.toLowerCase());
}
