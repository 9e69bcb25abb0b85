/** Functions and triggers. A function without a list of grants may be called by everyone. */
import type { FunctionFact, TriggerFact } from '../facts.ts';
import { grantsOf, notOfExtension, userSchema, type Ask } from './ask.ts';

export async function readFunctions(ask: Ask): Promise<FunctionFact[]> {
  return await ask<FunctionFact>(
    `select p.oid, n.nspname as schema, p.proname as name, pg_get_function_identity_arguments(p.oid) as arguments,
       pg_get_userbyid(p.proowner) as owner, p.prosecdef as definer, p.proleakproof as leakproof,
       p.prorettype = 'trigger'::regtype as "returnsTrigger",
       exists (select from unnest(p.proconfig) entry where entry like 'search_path=%') as "fixedSearchPath",
       ${expression} as expression,
       array(select distinct lower(read[1])
         from regexp_matches(${source}, 'current_setting\\s*\\(\\s*''([^'']+)''', 'gi') read) as settings,
       ${grantsOf("coalesce(p.proacl, acldefault('f', p.proowner))", 'p.proowner')} as grants
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prokind in ('f', 'p', 'w') and ${userSchema('n')} and ${notOfExtension('pg_proc', 'p.oid')} order by 2, 3, 4`,
  );
}

/** The body is text, or since Postgres 14 a tree. */
const source = 'coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)';

/** A function that runs as its owner, sets more than its search path, returns rows or takes any number of arguments is more than an expression. */
const expression = `case when p.prolang = (select oid from pg_language where lanname = 'sql') and p.prokind = 'f'
    and not p.proretset and not p.prosecdef and p.provariadic = 0 and p.proallargtypes is null
    and not exists (select from unnest(p.proconfig) entry where entry not like 'search_path=%')
  then json_build_object('body', ${source}, 'parameters',
    coalesce((select json_agg(coalesce(p.proargnames[place], '') order by place) from generate_series(1, p.pronargs) place), '[]'))
  end`;

export async function readTriggers(ask: Ask): Promise<TriggerFact[]> {
  return await ask<TriggerFact>(
    `select t.tgrelid as relation, t.tgname as name, t.tgfoid as function
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${userSchema('n')} order by c.relname, t.tgname`,
  );
}
