-- Every row of the nine domain tables belongs to a tenant; keys, references and indexes are led by tenant_id.
--
-- References carry the tenant too, so that a row can never point at another tenant's row, whoever writes it. The
-- primary key is (tenant_id, id): a key on id alone would tell whoever tries to insert an id that it exists elsewhere.

-- Up Migration
insert into tenants (id, slug, name, tier)
select '00000000-0000-4000-8000-000000000001', 'default', 'Default tenant', 'enterprise'
where exists (select from portfolios) or exists (select from audit_events)
on conflict (id) do nothing;

-- A constant default is stored in the catalogue: all rows get their tenant without being rewritten.
alter table portfolios add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table strategies add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table signals add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table orders add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table trades add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table positions add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table risk_limits add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table risk_snapshots add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table audit_events add column tenant_id uuid not null default '00000000-0000-4000-8000-000000000001';
alter table portfolios alter column tenant_id drop default;
alter table strategies alter column tenant_id drop default;
alter table signals alter column tenant_id drop default;
alter table orders alter column tenant_id drop default;
alter table trades alter column tenant_id drop default;
alter table positions alter column tenant_id drop default;
alter table risk_limits alter column tenant_id drop default;
alter table risk_snapshots alter column tenant_id drop default;
alter table audit_events alter column tenant_id drop default;

-- The single-tenant keys and indexes go.
alter table strategies drop constraint strategies_portfolio_fkey;
alter table signals drop constraint signals_strategy_fkey;
alter table orders drop constraint orders_portfolio_fkey;
alter table orders drop constraint orders_strategy_fkey;
alter table orders drop constraint orders_created_by_fkey;
alter table trades drop constraint trades_portfolio_fkey;
alter table trades drop constraint trades_order_fkey;
alter table positions drop constraint positions_portfolio_fkey;
alter table risk_limits drop constraint risk_limits_portfolio_fkey;
alter table risk_snapshots drop constraint risk_snapshots_portfolio_fkey;
alter table users drop constraint users_pkey;
alter table portfolios drop constraint portfolios_pkey;
alter table strategies drop constraint strategies_pkey;
alter table signals drop constraint signals_pkey;
alter table orders drop constraint orders_pkey;
alter table trades drop constraint trades_pkey;
alter table positions drop constraint positions_pkey;
alter table risk_limits drop constraint risk_limits_pkey;
alter table risk_snapshots drop constraint risk_snapshots_pkey;
alter table audit_events drop constraint audit_events_pkey;
alter table orders drop constraint orders_idempotency_key;
alter table positions drop constraint positions_portfolio_instrument_key;
drop index portfolios_created_idx, strategies_portfolio_idx, strategies_created_idx, signals_generated_idx,
  signals_strategy_generated_idx,
  orders_created_idx, orders_status_created_idx, orders_portfolio_idx, trades_executed_idx,
  trades_portfolio_executed_idx, trades_order_idx, risk_limits_portfolio_idx, risk_snapshots_portfolio_taken_idx,
  audit_events_logout_idx;

-- Rows that an earlier down put aside come back before the new keys are built: one sort, not an insert a row.
do $$
begin
  if to_regclass('tenant_archive.portfolios') is not null then
    insert into portfolios (id, name, base_currency, broker_account_ciphertext, created_at, tenant_id)
      select id, name, base_currency, broker_account_ciphertext, created_at, tenant_id from tenant_archive.portfolios;
    insert into strategies (id, portfolio_id, name, kind, parameters, enabled, created_at, tenant_id)
      select id, portfolio_id, name, kind, parameters, enabled, created_at, tenant_id from tenant_archive.strategies;
    insert into signals (id, strategy_id, instrument_id, direction, strength, note, generated_at, tenant_id)
      select id, strategy_id, instrument_id, direction, strength, note, generated_at, tenant_id from
        tenant_archive.signals;
    insert into orders (id, portfolio_id, strategy_id, instrument_id, side, type, quantity, limit_price, status,
      idempotency_key, note, created_by, created_at, updated_at, tenant_id)
      select id, portfolio_id, strategy_id, instrument_id, side, type, quantity, limit_price, status, idempotency_key,
        note, created_by, created_at, updated_at, tenant_id from tenant_archive.orders;
    insert into trades (id, portfolio_id, order_id, instrument_id, side, quantity, price, fee, venue_ref, executed_at,
      tenant_id)
      select id, portfolio_id, order_id, instrument_id, side, quantity, price, fee, venue_ref, executed_at, tenant_id
        from tenant_archive.trades;
    insert into positions (id, portfolio_id, instrument_id, quantity, average_price, updated_at, tenant_id)
      select id, portfolio_id, instrument_id, quantity, average_price, updated_at, tenant_id from
        tenant_archive.positions;
    insert into risk_limits (id, portfolio_id, kind, limit_value, updated_at, tenant_id)
      select id, portfolio_id, kind, limit_value, updated_at, tenant_id from tenant_archive.risk_limits;
    insert into risk_snapshots (id, portfolio_id, gross_exposure, net_exposure, var_95, taken_at, tenant_id)
      select id, portfolio_id, gross_exposure, net_exposure, var_95, taken_at, tenant_id from
        tenant_archive.risk_snapshots;
    insert into audit_events (id, actor_id, action, subject, detail, occurred_at, tenant_id)
      select id, actor_id, action, subject, detail, occurred_at, tenant_id from tenant_archive.audit_events;
    drop schema tenant_archive cascade;
  end if;
end
$$;

-- The same, led by tenant_id.
alter table users add constraint users_pkey primary key (tenant_id, id);
alter table portfolios add constraint portfolios_pkey primary key (tenant_id, id);
alter table strategies add constraint strategies_pkey primary key (tenant_id, id);
alter table signals add constraint signals_pkey primary key (tenant_id, id);
alter table orders add constraint orders_pkey primary key (tenant_id, id);
alter table trades add constraint trades_pkey primary key (tenant_id, id);
alter table positions add constraint positions_pkey primary key (tenant_id, id);
alter table risk_limits add constraint risk_limits_pkey primary key (tenant_id, id);
alter table risk_snapshots add constraint risk_snapshots_pkey primary key (tenant_id, id);
alter table audit_events add constraint audit_events_pkey primary key (tenant_id, id);
alter table orders add constraint orders_idempotency_key unique (tenant_id, idempotency_key);
alter table positions add constraint positions_portfolio_instrument_key unique (tenant_id, portfolio_id,
  instrument_id);
create index portfolios_created_idx on portfolios (tenant_id, created_at, id);
create index strategies_portfolio_idx on strategies (tenant_id, portfolio_id);
create index strategies_created_idx on strategies (tenant_id, created_at, id);
create index signals_generated_idx on signals (tenant_id, generated_at, id);
create index signals_strategy_generated_idx on signals (tenant_id, strategy_id, generated_at, id);
create index orders_created_idx on orders (tenant_id, created_at, id);
create index orders_status_created_idx on orders (tenant_id, status, created_at, id);
create index orders_portfolio_idx on orders (tenant_id, portfolio_id);
create index trades_executed_idx on trades (tenant_id, executed_at, id);
create index trades_portfolio_executed_idx on trades (tenant_id, portfolio_id, executed_at, id);
create index trades_order_idx on trades (tenant_id, order_id);
create index risk_limits_portfolio_idx on risk_limits (tenant_id, portfolio_id);
create index risk_snapshots_portfolio_taken_idx on risk_snapshots (tenant_id, portfolio_id, taken_at);
create index audit_events_logout_idx on audit_events (tenant_id, subject) where action = 'auth.logout';
alter table portfolios add constraint portfolios_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table strategies add constraint strategies_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table signals add constraint signals_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table orders add constraint orders_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table trades add constraint trades_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table positions add constraint positions_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table risk_limits add constraint risk_limits_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table risk_snapshots add constraint risk_snapshots_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table audit_events add constraint audit_events_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table strategies add constraint strategies_portfolio_fkey foreign key (tenant_id, portfolio_id) references
  portfolios (tenant_id, id);
alter table signals add constraint signals_strategy_fkey foreign key (tenant_id, strategy_id) references strategies
  (tenant_id, id);
alter table orders add constraint orders_portfolio_fkey foreign key (tenant_id, portfolio_id) references portfolios
  (tenant_id, id);
alter table orders add constraint orders_strategy_fkey foreign key (tenant_id, strategy_id) references strategies
  (tenant_id, id);
alter table orders add constraint orders_created_by_fkey foreign key (tenant_id, created_by) references users
  (tenant_id, id);
alter table trades add constraint trades_portfolio_fkey foreign key (tenant_id, portfolio_id) references portfolios
  (tenant_id, id);
alter table trades add constraint trades_order_fkey foreign key (tenant_id, order_id) references orders (tenant_id,
  id);
alter table positions add constraint positions_portfolio_fkey foreign key (tenant_id, portfolio_id) references
  portfolios (tenant_id, id);
alter table risk_limits add constraint risk_limits_portfolio_fkey foreign key (tenant_id, portfolio_id) references
  portfolios (tenant_id, id);
alter table risk_snapshots add constraint risk_snapshots_portfolio_fkey foreign key (tenant_id, portfolio_id)
  references portfolios (tenant_id, id);

-- Down Migration
-- The references go first, then the rows of every tenant but 'default' are put aside (see 001).
alter table strategies drop constraint strategies_portfolio_fkey;
alter table signals drop constraint signals_strategy_fkey;
alter table orders drop constraint orders_portfolio_fkey;
alter table orders drop constraint orders_strategy_fkey;
alter table orders drop constraint orders_created_by_fkey;
alter table trades drop constraint trades_portfolio_fkey;
alter table trades drop constraint trades_order_fkey;
alter table positions drop constraint positions_portfolio_fkey;
alter table risk_limits drop constraint risk_limits_portfolio_fkey;
alter table risk_snapshots drop constraint risk_snapshots_portfolio_fkey;
alter table portfolios drop constraint portfolios_tenant_fkey;
alter table strategies drop constraint strategies_tenant_fkey;
alter table signals drop constraint signals_tenant_fkey;
alter table orders drop constraint orders_tenant_fkey;
alter table trades drop constraint trades_tenant_fkey;
alter table positions drop constraint positions_tenant_fkey;
alter table risk_limits drop constraint risk_limits_tenant_fkey;
alter table risk_snapshots drop constraint risk_snapshots_tenant_fkey;
alter table audit_events drop constraint audit_events_tenant_fkey;

create schema tenant_archive;
create table tenant_archive.portfolios as
  select * from portfolios where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.strategies as
  select * from strategies where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.signals as
  select * from signals where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.orders as
  select * from orders where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.trades as
  select * from trades where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.positions as
  select * from positions where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.risk_limits as
  select * from risk_limits where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.risk_snapshots as
  select * from risk_snapshots where tenant_id <> '00000000-0000-4000-8000-000000000001';
create table tenant_archive.audit_events as
  select * from audit_events where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from portfolios where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from strategies where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from signals where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from orders where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from trades where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from positions where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from risk_limits where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from risk_snapshots where tenant_id <> '00000000-0000-4000-8000-000000000001';
delete from audit_events where tenant_id <> '00000000-0000-4000-8000-000000000001';

drop index portfolios_created_idx, strategies_portfolio_idx, strategies_created_idx, signals_generated_idx,
  signals_strategy_generated_idx,
  orders_created_idx, orders_status_created_idx, orders_portfolio_idx, trades_executed_idx,
  trades_portfolio_executed_idx, trades_order_idx, risk_limits_portfolio_idx, risk_snapshots_portfolio_taken_idx,
  audit_events_logout_idx;
alter table orders drop constraint orders_idempotency_key;
alter table positions drop constraint positions_portfolio_instrument_key;
alter table users drop constraint users_pkey;
alter table portfolios drop constraint portfolios_pkey;
alter table strategies drop constraint strategies_pkey;
alter table signals drop constraint signals_pkey;
alter table orders drop constraint orders_pkey;
alter table trades drop constraint trades_pkey;
alter table positions drop constraint positions_pkey;
alter table risk_limits drop constraint risk_limits_pkey;
alter table risk_snapshots drop constraint risk_snapshots_pkey;
alter table audit_events drop constraint audit_events_pkey;
alter table portfolios drop column tenant_id;
alter table strategies drop column tenant_id;
alter table signals drop column tenant_id;
alter table orders drop column tenant_id;
alter table trades drop column tenant_id;
alter table positions drop column tenant_id;
alter table risk_limits drop column tenant_id;
alter table risk_snapshots drop column tenant_id;
alter table audit_events drop column tenant_id;

alter table users add constraint users_pkey primary key (id);
alter table portfolios add constraint portfolios_pkey primary key (id);
alter table strategies add constraint strategies_pkey primary key (id);
alter table signals add constraint signals_pkey primary key (id);
alter table orders add constraint orders_pkey primary key (id);
alter table trades add constraint trades_pkey primary key (id);
alter table positions add constraint positions_pkey primary key (id);
alter table risk_limits add constraint risk_limits_pkey primary key (id);
alter table risk_snapshots add constraint risk_snapshots_pkey primary key (id);
alter table audit_events add constraint audit_events_pkey primary key (id);
alter table orders add constraint orders_idempotency_key unique (idempotency_key);
alter table positions add constraint positions_portfolio_instrument_key unique (portfolio_id, instrument_id);
create index portfolios_created_idx on portfolios (created_at, id);
create index strategies_portfolio_idx on strategies (portfolio_id);
create index strategies_created_idx on strategies (created_at, id);
create index signals_generated_idx on signals (generated_at, id);
create index signals_strategy_generated_idx on signals (strategy_id, generated_at, id);
create index orders_created_idx on orders (created_at, id);
create index orders_status_created_idx on orders (status, created_at, id);
create index orders_portfolio_idx on orders (portfolio_id);
create index trades_executed_idx on trades (executed_at, id);
create index trades_portfolio_executed_idx on trades (portfolio_id, executed_at, id);
create index trades_order_idx on trades (order_id);
create index risk_limits_portfolio_idx on risk_limits (portfolio_id);
create index risk_snapshots_portfolio_taken_idx on risk_snapshots (portfolio_id, taken_at);
create index audit_events_logout_idx on audit_events (subject) where action = 'auth.logout';
alter table strategies add constraint strategies_portfolio_fkey foreign key (portfolio_id) references portfolios (id);
alter table signals add constraint signals_strategy_fkey foreign key (strategy_id) references strategies (id);
alter table orders add constraint orders_portfolio_fkey foreign key (portfolio_id) references portfolios (id);
alter table orders add constraint orders_strategy_fkey foreign key (strategy_id) references strategies (id);
alter table orders add constraint orders_created_by_fkey foreign key (created_by) references users (id);
alter table trades add constraint trades_portfolio_fkey foreign key (portfolio_id) references portfolios (id);
alter table trades add constraint trades_order_fkey foreign key (order_id) references orders (id);
alter table positions add constraint positions_portfolio_fkey foreign key (portfolio_id) references portfolios (id);
alter table risk_limits add constraint risk_limits_portfolio_fkey foreign key (portfolio_id) references portfolios
  (id);
alter table risk_snapshots add constraint risk_snapshots_portfolio_fkey foreign key (portfolio_id) references
  portfolios (id);
