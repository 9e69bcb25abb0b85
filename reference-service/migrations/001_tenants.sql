-- Tenants exist. Whoever the single-tenant system served becomes the tenant 'default', if it has any row.
--
-- Down never mixes customers: rows of every tenant but 'default' move to the schema tenant_archive (001 tenants,
-- 002 users, 003 the rest), where no service role can see them, and the next up brings them back. Nothing is lost.

-- Up Migration
create table tenants (
  id uuid primary key default gen_random_uuid(),
  slug text not null constraint tenants_slug_key unique,
  name text not null,
  tier text not null check (tier in ('starter', 'pro', 'enterprise')),
  created_at timestamptz not null default now()
);

insert into tenants (id, slug, name, tier)
select '00000000-0000-4000-8000-000000000001', 'default', 'Default tenant', 'enterprise'
where exists (select from users) or exists (select from portfolios) or exists (select from audit_events);

do $$
begin
  if to_regclass('tenant_archive.tenants') is not null then
    insert into tenants table tenant_archive.tenants on conflict (id) do update
      set slug = excluded.slug, name = excluded.name, tier = excluded.tier, created_at = excluded.created_at;
    drop table tenant_archive.tenants;
  end if;
end
$$;

-- Read at login, before a tenant is known; no customer data. Tenants are made by the operator, not by the service.
grant select on tenants to alphapulse_app, alphapulse_exempt;

-- Down Migration
create schema if not exists tenant_archive;
create table tenant_archive.tenants as table tenants;
drop table tenants;
