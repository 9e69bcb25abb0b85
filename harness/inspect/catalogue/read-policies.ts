/** Policies with their expressions as Postgres prints them. */
import type { PolicyCommand, PolicyFact } from '../facts.ts';
import { oneLine } from '../one-line.ts';
import { userSchema, type Ask } from './ask.ts';

const commands: Record<string, PolicyCommand> = { '*': 'ALL', r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE' };

export async function readPolicies(ask: Ask): Promise<PolicyFact[]> {
  const rows = await ask<Omit<PolicyFact, 'command'> & { command: string }>(
    `select p.polrelid as relation, p.polname as name, p.polpermissive as permissive, p.polcmd::text as command,
       coalesce((select json_agg(case when role = 0 then null else pg_get_userbyid(role) end)
         from unnest(p.polroles) role), '[]') as roles,
       pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check,
       array(select distinct d.refobjid from pg_depend d where d.classid = 'pg_policy'::regclass and d.objid = p.oid
         and d.refclassid = 'pg_proc'::regclass) as functions
     from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
     where ${userSchema('n')} order by c.relname, p.polname`,
  );
  return rows.map((row) => ({
    ...row,
    command: commands[row.command] ?? 'ALL',
    using: row.using === null ? null : oneLine(row.using),
    check: row.check === null ? null : oneLine(row.check),
  }));
}
