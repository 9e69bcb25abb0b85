-- Every user belongs to a tenant; an e-mail address is unique within its tenant.

-- Up Migration
insert into tenants (id, slug, name, tier)
select '00000000-0000-4000-8000-000000000001', 'default', 'Default tenant', 'enterprise'
where exists (select from users)
on conflict (id) do nothing;

-- A constant default is stored in the catalogue: all rows get their tenant without being rewritten.
alter table users add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table users alter column tenant_id drop default;

alter table users drop constraint users_email_key;
alter table users add constraint users_tenant_email_key unique (tenant_id, email);
alter table users add constraint users_tenant_fkey foreign key (tenant_id) references tenants (id);

do $$
begin
  if to_regclass('tenant_archive.users') is not null then
    insert into users (id, email, display_name, role, password_hash, active, created_at, tenant_id)
      select id, email, display_name, role, password_hash, active, created_at, tenant_id from tenant_archive.users;
    drop table tenant_archive.users;
  end if;
end
$$;

-- Down Migration
create schema if not exists tenant_archive;
create table tenant_archive.users as
  select * from users where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from users where tenant_id <> '00000000-0000-4000-8000-000000000001';

alter table users drop constraint users_tenant_fkey;
alter table users drop constraint users_tenant_email_key;
alter table users add constraint users_email_key unique (email);
alter table users drop column tenant_id;
