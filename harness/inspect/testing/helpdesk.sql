-- A helpdesk for many companies as one grows: each table, role and function below was once done in a hurry, and has one
-- mistake in how it keeps workspaces apart. `agents` and `ticket_views` are as they should be (but for what is said there).
--
-- Tenant column: workspace_id. Setting: helpdesk.workspace. Run by a superuser in an empty database.

create role helpdesk_owner nologin;
create role helpdesk_functions nologin;
create role helpdesk_web login;
create role helpdesk_legacy login;
-- "The nightly export needs everything."
create role helpdesk_reports login bypassrls;
grant pg_read_all_data to helpdesk_reports;
-- "The job runner also migrates."
create role helpdesk_jobs login in role helpdesk_owner;
-- "Until the permissions are sorted out."
create role helpdesk_support login superuser;

create schema desk authorization helpdesk_owner;
grant usage on schema desk to helpdesk_web, helpdesk_reports, helpdesk_legacy, helpdesk_functions;
-- "The web application makes its own tables for imports."
grant create on schema desk to helpdesk_web;
set search_path = desk;

create table agents (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  name text not null,
  primary key (workspace_id, id)
);

create table ticket_views (like agents including all);
create table customers (like agents including all);
create table tickets (like agents including all);
create table ticket_tags (like agents including all);
create table canned_replies (like agents including all);
create table messages (like agents including all);
create table articles (like agents including all, published boolean not null default false);
create table sla_policies (like agents including all);
create table automations (like agents including all);
create table webhooks (like agents including all);
create table audit_entries (like agents including all);
create table events (like agents including all);
create table shared_inboxes (like agents including all);
create table surveys (like agents including all);
create table macros (like agents including all);
create table attachments (like agents including all);

-- The key of the whole table, from before there were workspaces.
create table ratings (
  id uuid primary key,
  workspace_id uuid not null,
  stars int not null
);

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  email text not null constraint contacts_email_key unique,
  primary key (workspace_id, id)
);

-- A ticket, and who has it: by the ticket's id alone.
alter table tickets add constraint tickets_id_key unique (id);
create table assignments (
  workspace_id uuid not null,
  ticket_id uuid not null constraint assignments_ticket_fkey references tickets (id) on delete cascade,
  agent_id uuid not null,
  primary key (workspace_id, ticket_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

-- "A reaction belongs to a message, which has the workspace already."
alter table messages add constraint messages_id_key unique (id);
create table reactions (
  message_id uuid not null references messages (id),
  emoji text not null,
  primary key (message_id, emoji)
);

create table invoices (
  workspace_id uuid,
  id uuid not null,
  total numeric not null,
  unique (workspace_id, id)
);

create table snippets (
  workspace_id uuid not null default '00000000-0000-0000-0000-000000000001',
  id uuid not null,
  primary key (workspace_id, id)
);

create table activity (
  workspace_id uuid not null,
  id uuid not null,
  at date not null,
  primary key (workspace_id, id, at)
) partition by range (at);
create table activity_2026 partition of activity for values from ('2026-01-01') to ('2027-01-01');

-- Everything is protected the same way, and then changed one by one.
do $$
declare
  name text;
begin
  for name in select relname from pg_class
    where relnamespace = 'desk'::regnamespace and relkind in ('r', 'p') and relname not in ('reactions', 'activity_2026')
  loop
    execute format('alter table %I owner to helpdesk_owner', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('grant select, insert, update, delete on %I to helpdesk_web', name);
    execute format(
      'create policy workspace on %I using (%s) with check (%s)',
      name,
      'workspace_id = (select nullif(current_setting(''helpdesk.workspace'', true), '''')::uuid)',
      'workspace_id = (select nullif(current_setting(''helpdesk.workspace'', true), '''')::uuid)'
    );
  end loop;
end
$$;
alter table reactions owner to helpdesk_owner;
alter table activity_2026 owner to helpdesk_owner;
grant select, insert, update, delete on reactions to helpdesk_web;
grant select on tickets to helpdesk_reports;

drop policy workspace on customers;
alter table customers no force row level security, disable row level security;

alter table tickets no force row level security;

drop policy workspace on ticket_tags;

drop policy workspace on canned_replies;
create policy workspace on canned_replies for select
  using (workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid));

drop policy workspace on messages;
create policy workspace on messages
  using (workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid));

-- "Everyone may read what is published."
create policy published on articles for select using (published);

drop policy workspace on sla_policies;
create policy workspace on sla_policies
  using (workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid)) with check (true);

-- "The scheduler has no workspace."
drop policy workspace on automations;
create policy workspace on automations
  using (
    workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid)
    or (select nullif(current_setting('helpdesk.workspace', true), '')) is null
  )
  with check (workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid));

-- The name that the setting had two years ago.
drop policy workspace on webhooks;
create policy workspace on webhooks
  using (workspace_id = (select nullif(current_setting('helpdesk.account', true), '')::uuid))
  with check (workspace_id = (select nullif(current_setting('helpdesk.account', true), '')::uuid));

drop policy workspace on audit_entries;
create policy workspace on audit_entries
  using (workspace_id = (select current_setting('helpdesk.workspace')::uuid))
  with check (workspace_id = (select current_setting('helpdesk.workspace')::uuid));

drop policy workspace on events;
create policy workspace on events
  using (workspace_id = nullif(current_setting('helpdesk.workspace', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('helpdesk.workspace', true), '')::uuid);

create function may_see(workspace uuid) returns boolean stable language plpgsql
  as $$ begin return workspace = nullif(current_setting('helpdesk.workspace', true), '')::uuid; end $$;
drop policy workspace on shared_inboxes;
create policy workspace on shared_inboxes using (may_see(workspace_id)) with check (may_see(workspace_id));

-- As it should be, through functions that are read.
create function current_workspace() returns uuid stable language sql
  as $$ select nullif(current_setting('helpdesk.workspace', true), '')::uuid -- none: null $$;
create function is_ours(workspace uuid) returns boolean stable language sql
  return workspace = (select current_workspace());
drop policy workspace on ticket_views;
create policy workspace on ticket_views using (is_ours(workspace_id)) with check (is_ours(workspace_id));

-- "Our own support sees everything."
drop policy workspace on macros;
create policy workspace on macros
  using (case when current_setting('helpdesk.staff', true) = 'on' then true
    else workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid) end)
  with check (workspace_id = (select nullif(current_setting('helpdesk.workspace', true), '')::uuid));

alter table attachments owner to helpdesk_legacy;

grant select on activity_2026 to helpdesk_web;
grant select on surveys to public;
grant truncate on agents to helpdesk_web;
grant references, trigger on messages to helpdesk_web;

-- Owned by the superuser who made them.
create view ticket_board as select workspace_id, id, name from tickets;
grant select on ticket_board to helpdesk_web;

create materialized view ticket_counts as select workspace_id, count(*) as tickets from tickets group by 1;
grant select on ticket_counts to helpdesk_web;

create function find_customer(wanted text) returns setof uuid stable security definer language sql
  set search_path = pg_catalog, desk, pg_temp
  as $$ select id from customers where name = wanted $$;

create function greeting() returns text stable security definer language sql as $$ select 'hello'::text $$;
alter function greeting() owner to helpdesk_functions;

create function note_agent() returns trigger security definer language plpgsql
  set search_path = pg_catalog, desk, pg_temp
  as $$ begin insert into events (workspace_id, name) values (new.workspace_id, 'agent'); return new; end $$;
create trigger note_agent after insert on agents for each row execute function note_agent();

create rule tag_snippet as on update to snippets do also update tickets set name = name where id = new.id;

create function is_urgent(title text) returns boolean immutable leakproof language plpgsql
  as $$ begin raise notice '%', title; return title ilike '%urgent%'; end $$;

create publication warehouse for table events;

do $$
begin
  execute format(
    'alter role helpdesk_web in database %I set helpdesk.workspace = %L',
    current_database(),
    '00000000-0000-0000-0000-000000000001'
  );
  execute format('alter role helpdesk_legacy in database %I set row_security = off', current_database());
end
$$;

-- Two workspaces, to see what the mistakes do.
insert into customers (workspace_id, name)
  values ('00000000-0000-0000-0000-00000000000a', 'Ann'), ('00000000-0000-0000-0000-00000000000b', 'Ben');
insert into articles (workspace_id, name, published)
  values ('00000000-0000-0000-0000-00000000000a', 'How', true), ('00000000-0000-0000-0000-00000000000b', 'Why', true);
insert into messages (workspace_id, id, name)
  values
    ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000a1', 'Hello'),
    ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-0000000000b1', 'Hi');
insert into reactions
  values ('00000000-0000-0000-0000-0000000000a1', 'up'), ('00000000-0000-0000-0000-0000000000b1', 'up');
