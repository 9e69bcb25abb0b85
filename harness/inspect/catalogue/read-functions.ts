/** Functions and triggers. A function without a list of grants may be called by everyone. */
import type { FunctionFact, TriggerFact } from '../facts.ts';
import { grantsOf, notOfExtension, userSchema, type Ask } from './ask.ts';

export async function readFunctions(ask: Ask, setting: string): Promise<FunctionFact[]> {
  return await ask<FunctionFact>(
    `select p.oid, n.nspname as schema, p.proname as name, pg_get_function_identity_arguments(p.oid) as arguments,
       pg_get_userbyid(p.proowner) as owner, p.prosecdef as definer, p.proleakproof as leakproof,
       p.prorettype = 'trigger'::regtype as "returnsTrigger",
       exists (select from unnest(p.proconfig) entry where entry like 'search_path=%') as "fixedSearchPath",
       position($1 in p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '')) > 0 as "readsSetting",
       ${grantsOf("coalesce(p.proacl, acldefault('f', p.proowner))", 'p.proowner')} as grants
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prokind in ('f', 'p', 'w') and ${userSchema('n')} and ${notOfExtension('pg_proc', 'p.oid')} order by 2, 3, 4`,
    [setting],
  );
}

export async function readTriggers(ask: Ask): Promise<TriggerFact[]> {
  return await ask<TriggerFact>(
    `select t.tgrelid as relation, t.tgname as name, t.tgfoid as function
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${userSchema('n')} order by c.relname, t.tgname`,
  );
}
