-- The audit log becomes a chain: each event of a tenant carries a number, the hash of the event before it, and its own. A row
-- that is changed, removed, put in or moved no longer fits its neighbours or the tenant's head (`signoff verify-audit`).
--
-- The database computes it, so that no path of the code can forget to. One event of a tenant waits for another's transaction
-- to end, because the second one's hash needs the first one's; tenants do not wait for each other.
--
-- Down drops the hashes; the next up computes them anew from the rows as they then are, which proves nothing about the time
-- before. Whoever goes down keeps an anchor first: `signoff verify-audit --write-anchor FILE`.

-- Up Migration
create table audit_heads (
  tenant_id uuid primary key constraint audit_heads_tenant_fkey references tenants (id),
  last_number bigint not null default 0 check (last_number >= 0),
  last_hash bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(last_hash) = 32)
);

-- Length first, so that no two lists of fields have the same bytes; a length of -1 is null.
create function audit_field(value bytea) returns bytea language sql immutable parallel safe
  return case when value is null then '\xffffffff'::bytea else int4send(octet_length(value)) || value end;

-- `detail` as Postgres prints jsonb, `occurred` in microseconds since 1970.
create function audit_hash(
  tenant uuid, number bigint, previous bytea, id bigint, actor uuid, action text, subject text, detail jsonb,
  occurred timestamptz
) returns bytea language sql stable parallel safe
  return sha256(
    'alphapulse-audit-1'::bytea
    || audit_field(uuid_send(tenant)) || audit_field(int8send(number)) || audit_field(previous)
    || audit_field(int8send(id)) || audit_field(uuid_send(actor)) || audit_field(convert_to(action, 'UTF8'))
    || audit_field(convert_to(subject, 'UTF8')) || audit_field(convert_to(detail::text, 'UTF8'))
    || audit_field(int8send((extract(epoch from occurred) * 1000000)::bigint))
  );

alter table audit_events add column sequence_number bigint;
alter table audit_events add column previous_hash bytea;
alter table audit_events add column hash bytea;

-- The owner migrates, and policies are forced on it: without this it would find no row to number.
alter table audit_events no force row level security;
do $$
declare
  event audit_events;
  head audit_heads;
begin
  for event in select * from audit_events order by tenant_id, id loop
    if head.tenant_id is distinct from event.tenant_id then
      if head.tenant_id is not null then
        insert into audit_heads values (head.tenant_id, head.last_number, head.last_hash);
      end if;
      head := row(event.tenant_id, 0, decode(repeat('00', 32), 'hex'));
    end if;
    event.hash := audit_hash(event.tenant_id, head.last_number + 1, head.last_hash, event.id, event.actor_id, event.action,
      event.subject, event.detail, event.occurred_at);
    update audit_events set sequence_number = head.last_number + 1, previous_hash = head.last_hash, hash = event.hash
      where tenant_id = event.tenant_id and id = event.id;
    head := row(event.tenant_id, head.last_number + 1, event.hash);
  end loop;
  if head.tenant_id is not null then
    insert into audit_heads values (head.tenant_id, head.last_number, head.last_hash);
  end if;
end
$$;
alter table audit_events force row level security;

alter table audit_events alter column sequence_number set not null;
alter table audit_events alter column previous_hash set not null;
alter table audit_events alter column hash set not null;
alter table audit_events add constraint audit_events_sequence_key unique (tenant_id, sequence_number);

-- With the rights of whoever inserts, so that the policies of audit_heads hold: nobody moves another tenant's head, or waits
-- for it. Names are qualified, and the path fixed, because a temporary table of the same name would come first.
create function chain_audit_event() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  head public.audit_heads;
begin
  select * into head from public.audit_heads where tenant_id = new.tenant_id for no key update;
  if not found then
    insert into public.audit_heads (tenant_id) values (new.tenant_id) on conflict (tenant_id) do nothing;
    select * into strict head from public.audit_heads where tenant_id = new.tenant_id for no key update;
  end if;
  new.sequence_number := head.last_number + 1;
  new.previous_hash := head.last_hash;
  new.hash := public.audit_hash(new.tenant_id, new.sequence_number, new.previous_hash, new.id, new.actor_id, new.action,
    new.subject, new.detail, new.occurred_at);
  update public.audit_heads set last_number = new.sequence_number, last_hash = new.hash where tenant_id = new.tenant_id;
  return new;
end
$$;
create trigger chain_audit_event before insert on audit_events for each row execute function chain_audit_event();

-- The service's roles must be able to move a head, and may do so only by adding an event.
create function refuse_head_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise insufficient_privilege using message = 'audit_heads changes only when an audit event is added';
end
$$;
create trigger refuse_head_change before update on audit_heads for each row
  when (pg_trigger_depth() = 0) execute function refuse_head_change();

alter table audit_heads enable row level security;
alter table audit_heads force row level security;
create policy tenant_isolation on audit_heads
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select, insert (tenant_id), update (last_number, last_hash) on audit_heads to alphapulse_app, alphapulse_exempt;

-- Down Migration
drop trigger chain_audit_event on audit_events;
drop function chain_audit_event();
alter table audit_events drop constraint audit_events_sequence_key;
alter table audit_events drop column hash;
alter table audit_events drop column previous_hash;
alter table audit_events drop column sequence_number;
drop function audit_hash(uuid, bigint, bytea, bigint, uuid, text, text, jsonb, timestamptz);
drop function audit_field(bytea);
drop table audit_heads;
drop function refuse_head_change();
