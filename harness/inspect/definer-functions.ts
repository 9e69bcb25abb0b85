/** SECURITY DEFINER functions of this database, and which of them run as somebody whom policies do not bind. */
import { escapesPolicies } from './escapes-policies.ts';
import type { FunctionFact } from './facts.ts';
import { quoteName } from './quote.ts';
import { grantsTo, type Survey } from './survey.ts';

/** As ALTER ROUTINE names it. */
export function signatureOf({ schema, name, arguments: list }: FunctionFact): string {
  return `${quoteName(schema)}.${quoteName(name)}(${list})`;
}

/** Those that somebody of the application may call; functions of triggers are called by nobody. */
export function callableDefiners(survey: Survey): FunctionFact[] {
  return survey.facts.functions.filter(
    ({ definer, returnsTrigger, grants }) =>
      definer &&
      !returnsTrigger &&
      survey.applicationRoles.some((role) => grantsTo(role, grants, 'EXECUTE').length > 0),
  );
}

/** Why policies do not bind its owner; null: they do. */
export function escapeOf(survey: Survey, { owner }: FunctionFact): string | null {
  return escapesPolicies(survey, owner, survey.tables);
}
