/** Policies as people have written them, each on a table of its own: hardly one is right. For tests. */

const setting = `current_setting('app.tenant_id', true)`;
const bound = `tenant_id = (select nullif(${setting}, '')::uuid)`;

export interface OddPolicy {
  name: string;
  /** What follows CREATE POLICY … ON …. */
  clauses: string;
  /** How an inspection of that table alone ends. */
  outcome: 'pass' | 'fail' | 'inconclusive';
}

export const oddPolicies: readonly OddPolicy[] = [
  { name: 'good', clauses: `using (${bound}) with check (${bound})`, outcome: 'pass' },
  { name: 'good_by_function', clauses: `using (is_mine(tenant_id)) with check (is_mine(tenant_id))`, outcome: 'pass' },
  { name: 'good_by_value', clauses: `using (tenant_id = tenant()) with check (tenant_id = tenant())`, outcome: 'pass' },
  { name: 'plain_read', clauses: `using (tenant_id = ${setting}::uuid)`, outcome: 'pass' },
  { name: 'plain_text', clauses: `using (tenant_id::text = ${setting} and not hidden)`, outcome: 'pass' },
  { name: 'read_that_fails', clauses: `using (tenant_id = current_setting('app.tenant_id')::uuid)`, outcome: 'pass' },
  {
    name: 'null_case',
    clauses: `using (case when ${setting} is null then true else ${bound} end)`,
    outcome: 'inconclusive',
  },
  {
    name: 'admin_case',
    clauses: `using (case when current_setting('app.admin', true) = 'on' then true else ${bound} end)`,
    outcome: 'fail',
  },
  { name: 'always', clauses: 'using (anything(tenant_id))', outcome: 'fail' },
  { name: 'unset_by_function', clauses: 'using (is_mine_or_unset(tenant_id))', outcome: 'fail' },
  { name: 'by_program', clauses: 'using (by_program(tenant_id))', outcome: 'inconclusive' },
  {
    name: 'uncorrelated',
    clauses: `using (exists (select 1 from arr a where a.tenant_id = nullif(${setting}, '')::uuid))`,
    outcome: 'inconclusive',
  },
  {
    name: 'negated',
    clauses: `using (not (tenant_id <> nullif(${setting}, '')::uuid and current_user = 'x'))`,
    outcome: 'inconclusive',
  },
  { name: 'like_it', clauses: `using (tenant_id::text like ${setting} || '%')`, outcome: 'inconclusive' },
  {
    name: 'list',
    clauses: `using (tenant_id::text = any (string_to_array(${setting}, ',')))`,
    outcome: 'inconclusive',
  },
  {
    name: 'nullable',
    clauses: `using (tenant_id = coalesce(nullif(${setting}, '')::uuid, tenant_id))`,
    outcome: 'fail',
  },
  { name: 'unset', clauses: `using (${bound} or ${setting} is null)`, outcome: 'fail' },
  { name: 'unset_and_shown', clauses: `using ((${bound} and not hidden) or ${setting} = '')`, outcome: 'fail' },
  { name: 'shown', clauses: 'using (not hidden)', outcome: 'fail' },
  { name: 'everything', clauses: 'using (true) with check (true)', outcome: 'fail' },
  {
    name: 'not_equal_text',
    clauses: `using (tenant_id is not distinct from nullif(${setting}, '')::uuid)`,
    outcome: 'inconclusive',
  },
];

/** For SELECT by odd_web; two tenants, of each a row that is hidden and one that is not. */
export const oddSchema = `
  create role odd_web login;
  create table arr (tenant_id uuid);
  insert into arr values ('00000000-0000-0000-0000-00000000000a');
  grant select on arr to odd_web;
  alter table arr enable row level security;
  alter table arr force row level security;
  create policy own on arr using (${bound}) with check (${bound});
  create index on arr (tenant_id);
  create function tenant() returns uuid stable language sql as $$ select nullif(${setting}, '')::uuid $$;
  create function is_mine(t uuid) returns boolean stable language sql as $$ select t = tenant() $$;
  create function anything(t uuid) returns boolean stable language sql as $$ select true $$;
  create function is_mine_or_unset(t uuid) returns boolean stable language sql
    as $$ select t = tenant() or ${setting} is null $$;
  create function by_program(t uuid) returns boolean stable language plpgsql as $$ begin return t = tenant(); end $$;
${oddPolicies
  .map(
    ({ name, clauses }) => `
  create table ${name} (tenant_id uuid not null, hidden boolean not null);
  create index on ${name} (tenant_id);
  insert into ${name} select ('00000000-0000-0000-0000-00000000000' || t)::uuid, h
    from unnest(array['a', 'b']) t, unnest(array[true, false]) h;
  grant select on ${name} to odd_web;
  alter table ${name} enable row level security;
  alter table ${name} force row level security;
  create policy odd on ${name} ${clauses};`,
  )
  .join('\n')}`;
