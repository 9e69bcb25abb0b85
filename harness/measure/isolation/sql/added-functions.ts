/** Functions and procedures that somebody added to the database, and what to call them with. */
import type { SqlScene, TenantPair } from './sql-scene.ts';

export interface AddedFunction {
  /** As a call names it. */
  name: string;
  procedure: boolean;
  definer: boolean;
  leakproof: boolean;
  returnsVoid: boolean;
  /** What a call gives, in order. */
  places: ArgumentPlace[];
}

export interface ArgumentPlace {
  type: string;
  /** pg_proc.proargmodes: i in, b in and out, v variadic; o out, which a call of a procedure names, too. */
  mode: 'i' | 'b' | 'v' | 'o';
}

/** That the role may call; not those of Postgres or of an extension, and no triggers, which nobody can call. */
export async function readAddedFunctions({ admin, system }: SqlScene): Promise<AddedFunction[]> {
  const { rows } = await admin.query<AddedFunction>(
    `select p.oid::regproc::text as name, p.prokind = 'p' as procedure, p.prosecdef as definer, p.proleakproof as leakproof,
            p.prorettype = 'void'::regtype as "returnsVoid",
            coalesce((select jsonb_agg(jsonb_build_object('type', format_type(type, null), 'mode', mode) order by place)
              from (select type, place, coalesce(p.proargmodes[place], 'i') as mode
                      from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as argument (type, place)) as every_place
             where mode in ('i', 'b', 'v') or (mode = 'o' and p.prokind = 'p')), '[]') as places
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and p.prokind in ('f', 'p')
        and p.prorettype <> 'trigger'::regtype and p.prorettype <> 'event_trigger'::regtype
        and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
        and (p.prosecdef or p.proleakproof)
        and has_function_privilege($1, p.oid, 'execute') and has_schema_privilege($1, n.oid, 'usage')
      order by 1`,
    [system.postgres.appUser],
  );
  return rows;
}

/** `$1::text::uuid, …`, from the given number on; what only comes out is null. */
export function placeholders(places: readonly ArgumentPlace[], first = 1): string {
  let next = first;
  return places
    .map(({ type, mode }) => {
      if (mode === 'o') return 'null';
      const value = `$${next}::text::${type}`;
      next += 1;
      return mode === 'v' ? `variadic ${value}` : value;
    })
    .join(', ');
}

/**
 * What a tenant may try with another one's ids: each in every place of a uuid at once, and in each alone with the other's own id in the
 * rest; beside it the other's name, its canary, and the pattern that fits all.
 */
export function argumentSets(places: readonly ArgumentPlace[], { other, foreign }: TenantPair): string[][] {
  const given = places.filter(({ mode }) => mode !== 'o');
  const keys = [...foreign.values()].map((row) => row['id']);
  const ids = [other.id, ...keys.filter((key) => typeof key === 'string')];
  const sets = new Map<string, string[]>();
  for (const id of ids) {
    for (const text of [other.slug, other.canary, '%']) {
      for (let alone = -1; alone < given.length; alone += 1) {
        const values = given.map(({ type }, at) =>
          argumentFor(type, alone === -1 || at === alone ? id : other.id, text),
        );
        sets.set(values.join('\n'), values);
      }
    }
  }
  return [...sets.values()];
}

/** Of a type that is none of these: the text as it is, which the type may refuse. */
function argumentFor(type: string, id: string, text: string): string {
  if (type.endsWith('[]')) return `{${argumentFor(type.slice(0, -'[]'.length), id, text)}}`;
  if (type === 'uuid') return id;
  if (type === 'boolean') return 'true';
  if (type === 'interval') return '100 years';
  if (/^(date|timestamp)/.test(type)) return '2000-01-01';
  if (/^json/.test(type)) return JSON.stringify({ id });
  return /int|numeric|double|real/.test(type) ? '1' : text;
}
