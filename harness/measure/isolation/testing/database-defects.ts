/** Defects of the database, one for each family of probes in SQL at least: what a probe that can see must see. */
import { PROTECTED_TABLES } from '../../postgres-security.ts';
import type { DatabaseDefect } from './planted-defect.ts';

const own = "(select nullif(current_setting('app.tenant_id', true), '')::uuid)";
const policy = (table: string, expression = `tenant_id = ${own}`): string =>
  `alter policy tenant_isolation on ${table} using (${expression}) with check (${expression})`;

export const tablesOfTests = [...PROTECTED_TABLES, 'audit_heads'];

/** Those whose rows have an id of their own. */
const keyed = tablesOfTests.filter((table) => table !== 'audit_heads');

const openPolicies = {
  plant: tablesOfTests.map((table) => policy(table, 'true')),
  revert: tablesOfTests.map((table) => policy(table)),
};

export const databaseDefects: Record<string, DatabaseDefect & { seenBy: string[] }> = {
  'policies that let everything through': {
    ...openPolicies,
    seenBy: [
      "sql: other tenants' trades without a filter",
      'sql: select trades of another tenant',
      'sql: orders with no tenant context',
      'sql: insert into orders for another tenant',
      "sql: update of another tenant's orders",
      'sql: context after a cancelled statement',
      'sql: parallel query over trades',
      'sql: cursor over a change of context',
      "sql: error of a condition over other tenants' trades",
      "sql: function of one's own in a condition over trades",
    ],
  },
  'row security switched off on every table': {
    plant: tablesOfTests.map((table) => `alter table ${table} disable row level security`),
    revert: tablesOfTests.map((table) => `alter table ${table} enable row level security`),
    seenBy: [
      'sql: copy into orders from the client',
      'sql: common values of trades in pg_stats',
      'sql: row_security off over trades',
    ],
  },
  'a policy that checks nothing that is written': {
    plant: ['alter policy tenant_isolation on users with check (true)'],
    revert: [`alter policy tenant_isolation on users with check (tenant_id = ${own})`],
    seenBy: ['sql: insert into users for another tenant', 'sql: one forced policy on users'],
  },
  'a second, permissive policy': {
    plant: [
      'create policy planted on risk_limits for select using (limit_value > 0)',
      'create policy planted on audit_heads for select using (last_number > 0)',
    ],
    revert: ['drop policy planted on risk_limits', 'drop policy planted on audit_heads'],
    seenBy: ["sql: other tenants' risk_limits without a filter", 'sql: one forced policy on risk_limits'],
  },
  'a policy for updates alone': {
    plant: ['create policy planted on users for update using (true) with check (true)'],
    revert: ['drop policy planted on users'],
    seenBy: ['sql: update of all users without reading'],
  },
  'a policy that any setting opens': {
    plant: tablesOfTests.map((table) =>
      policy(table, `current_setting('app.support', true) = 'on' or tenant_id = ${own}`),
    ),
    revert: tablesOfTests.map((table) => policy(table)),
    seenBy: ['sql: settings that the policies of trades read'],
  },
  'a policy that is open where no tenant was ever set': {
    plant: [policy('portfolios', `current_setting('app.tenant_id', true) is null or tenant_id = ${own}`)],
    revert: [policy('portfolios')],
    seenBy: ['sql: portfolios with no tenant context'],
  },
  'a policy that reads a list of tenants': {
    plant: [policy('signals', `tenant_id::text = any (string_to_array(current_setting('app.tenant_id', true), ','))`)],
    revert: [policy('signals')],
    seenBy: ['sql: signals with a list of tenants as context'],
  },
  'a policy over a function that says it never changes': {
    plant: [
      `create function planted_tenant() returns uuid language plpgsql immutable
         as $$ begin return nullif(current_setting('app.tenant_id', true), '')::uuid; end $$`,
      policy('trades', 'tenant_id = planted_tenant()'),
    ],
    revert: [policy('trades'), 'drop function planted_tenant()'],
    seenBy: ['sql: prepared statement over trades that served others, generic plan'],
  },
  'a tenant for the role': {
    plant: [
      `do $$ begin execute format('alter role alphapulse_app set app.tenant_id = %L', (select id from tenants order by slug limit 1)); end $$`,
    ],
    revert: ['alter role alphapulse_app reset app.tenant_id'],
    seenBy: ['sql: trades with no tenant context', 'sql: context after commit'],
  },
  'a role that bypasses policies': {
    plant: ['alter role alphapulse_app bypassrls'],
    revert: ['alter role alphapulse_app nobypassrls'],
    seenBy: ["sql: powers of the application's role in the catalogue", 'sql: select trades of another tenant'],
  },
  'a role that may become the exempt one': {
    plant: ['grant alphapulse_exempt to alphapulse_app with inherit false, set true'],
    revert: ['revoke alphapulse_exempt from alphapulse_app'],
    seenBy: ['sql: become the role alphapulse_exempt'],
  },
  'a table of the application': {
    plant: ['alter table strategies owner to alphapulse_app'],
    revert: ['alter table strategies owner to alphapulse_owner', 'grant select on strategies to alphapulse_app'],
    seenBy: ['sql: switch row security of strategies off', 'sql: create a policy on strategies'],
  },
  'a superuser as the application': {
    plant: ['alter role alphapulse_app superuser'],
    revert: ['alter role alphapulse_app nosuperuser'],
    seenBy: ['sql: run a program of the server', 'sql: make oneself superuser', 'sql: truncate trades'],
  },
  'the right to empty tables': {
    plant: ['grant truncate on trades, orders to alphapulse_app'],
    revert: ['revoke truncate on trades, orders from alphapulse_app'],
    seenBy: ['sql: truncate trades', 'sql: truncate orders'],
  },
  'the right to remove rows, with open policies': {
    plant: [`grant delete, update on ${keyed.join(', ')} to alphapulse_app`, ...openPolicies.plant],
    revert: [
      ...openPolicies.revert,
      `revoke delete, update on ${keyed.join(', ')} from alphapulse_app`,
      'grant update (display_name, role, active) on users to alphapulse_app',
      'grant update (broker_account_ciphertext) on portfolios to alphapulse_app',
      'grant update (status, updated_at) on orders to alphapulse_app',
      'grant update (limit_value, updated_at) on risk_limits to alphapulse_app',
    ],
    seenBy: ["sql: delete of another tenant's risk_snapshots", "sql: move of another tenant's trades to oneself"],
  },
  'keys over all tenants': {
    plant: [
      // Tests that ran before may have given two tenants the same address.
      `do $$ declare doubles text; begin
         select coalesce(string_agg(quote_literal(email), ', '), '''none''') into doubles
           from (select email from users group by email having count(*) > 1) taken;
         execute format('create unique index planted_email on users (email) where email not in (%s)', doubles);
       end $$`,
      'create unique index planted_id on orders (id)',
      'create unique index planted_user on users (id)',
      'create unique index planted_portfolio on portfolios (id)',
      'create unique index planted_event on audit_events (id)',
      // Keys of the seed may be the same in two tenants.
      "update orders set idempotency_key = idempotency_key || ':' || tenant_id",
      'create unique index planted_key on orders (idempotency_key)',
    ],
    revert: [
      'drop index planted_email, planted_id, planted_user, planted_portfolio, planted_event, planted_key',
      "update orders set idempotency_key = left(idempotency_key, -37) where idempotency_key like '%:' || tenant_id",
    ],
    seenBy: [
      'sql: email of users that another tenant has taken',
      'sql: idempotency_key of orders that another tenant has taken',
      'sql: id of orders that another tenant has taken',
    ],
  },
  'a key of expressions that holds for all tenants': {
    plant: [
      `do $$ declare doubles text; begin
         select coalesce(string_agg(quote_literal(email), ', '), '''none''') into doubles
           from (select email from users group by email having count(*) > 1) taken;
         execute format('create unique index planted_person on users (lower(email), lower(display_name)) where email not in (%s)', doubles);
       end $$`,
    ],
    revert: ['drop index planted_person'],
    seenBy: ['sql: email, display_name of users that another tenant has taken'],
  },
  'references without the tenant': {
    plant: [
      'alter table orders drop constraint orders_portfolio_fkey, drop constraint orders_strategy_fkey, drop constraint orders_created_by_fkey',
      'create unique index planted_portfolio on portfolios (id)',
      'create unique index planted_strategy on strategies (id)',
      'create unique index planted_user on users (id)',
      'alter table orders add constraint orders_portfolio_fkey foreign key (portfolio_id) references portfolios (id)',
      'alter table orders add constraint orders_strategy_fkey foreign key (strategy_id) references strategies (id)',
      'alter table orders add constraint orders_created_by_fkey foreign key (created_by) references users (id)',
    ],
    revert: [
      'alter table orders drop constraint orders_portfolio_fkey, drop constraint orders_strategy_fkey, drop constraint orders_created_by_fkey',
      'drop index planted_portfolio, planted_strategy, planted_user',
      'alter table orders add constraint orders_portfolio_fkey foreign key (tenant_id, portfolio_id) references portfolios (tenant_id, id)',
      'alter table orders add constraint orders_strategy_fkey foreign key (tenant_id, strategy_id) references strategies (tenant_id, id)',
      'alter table orders add constraint orders_created_by_fkey foreign key (tenant_id, created_by) references users (tenant_id, id)',
    ],
    seenBy: [
      "sql: orders.portfolio_id that refers to another tenant's portfolios",
      "sql: orders.strategy_id that refers to another tenant's strategies",
      "sql: orders.created_by that refers to another tenant's users",
    ],
  },
  'a function with the rights of its owner': {
    plant: [
      `create function planted_orders() returns setof orders language sql stable security definer as $$ select * from orders $$`,
    ],
    revert: ['drop function planted_orders()'],
    seenBy: ['sql: functions with the rights of their owner'],
  },
  'a function of one row by its id, with the rights of its owner': {
    plant: [
      `create function planted_order(wanted uuid) returns orders language sql stable security definer
         as $$ select * from orders where id = wanted $$`,
    ],
    revert: ['drop function planted_order(uuid)'],
    seenBy: ['sql: functions with the rights of their owner'],
  },
  'a procedure that changes any order, with the rights of its owner, and says nothing': {
    plant: [
      `create procedure planted_cancel(note text, wanted uuid) language sql security definer
         as $$ update orders set status = 'rejected' where id = wanted $$`,
    ],
    revert: ['drop procedure planted_cancel(text, uuid)'],
    seenBy: ['sql: functions with the rights of their owner'],
  },
  'a function that takes the tenant from its caller, with the rights of its owner': {
    plant: [
      `create function planted_order(tenant uuid, wanted uuid) returns orders language sql stable security definer
         as $$ select * from orders where tenant_id = tenant and id = wanted $$`,
    ],
    revert: ['drop function planted_order(uuid, uuid)'],
    seenBy: ['sql: functions with the rights of their owner'],
  },
  'a function of two arguments that is not as leakproof as it says': {
    plant: [
      `create function planted_leak(pattern text, value text) returns boolean language plpgsql stable leakproof cost 0.0001
         as $$ begin raise notice '%', value; return true; end $$`,
    ],
    revert: ['drop function planted_leak(text, text)'],
    seenBy: ['sql: functions that count as leakproof'],
  },
  'a function that is not as leakproof as it says': {
    plant: [
      `create function planted_leak(value text) returns boolean language plpgsql stable leakproof cost 0.0001
         as $$ begin raise notice '%', value; return true; end $$`,
    ],
    revert: ['drop function planted_leak(text)'],
    seenBy: ['sql: functions that count as leakproof'],
  },
  'a view with the rights of its owner': {
    plant: [
      'create view planted_view as select id, tenant_id, price from trades',
      'grant select on planted_view to alphapulse_app',
    ],
    revert: ['drop view planted_view'],
    seenBy: ['sql: other relations that show a row of another tenant', 'sql: views that show the same whoever asks'],
  },
  'a view of sums with the rights of its owner': {
    plant: [
      'create view planted_view as select count(*) as trades from trades',
      'grant select on planted_view to alphapulse_app',
    ],
    revert: ['drop view planted_view'],
    seenBy: ['sql: views that show the same whoever asks'],
  },
  'a trigger that copies to an open table': {
    plant: [
      'create table planted_feed (note text)',
      'grant select on planted_feed to alphapulse_app',
      `create function planted_copy() returns trigger language plpgsql security definer
         as $$ begin insert into planted_feed values (new.tenant_id::text || new.note); return new; end $$`,
      'create trigger planted_copy after insert on orders for each row execute function planted_copy()',
    ],
    revert: ['drop trigger planted_copy on orders', 'drop function planted_copy()', 'drop table planted_feed'],
    seenBy: ['sql: other relations that show a row of another tenant'],
  },
  'a copy of a table without policies': {
    plant: ['create table planted_copy as table orders', 'grant select on planted_copy to alphapulse_app'],
    revert: ['drop table planted_copy'],
    seenBy: [
      'sql: tables with a tenant_id that nothing protects',
      'sql: other relations that show a row of another tenant',
    ],
  },
  'a sequence that may be read': {
    plant: ['grant select on all sequences in schema public to alphapulse_app'],
    revert: ['revoke select on all sequences in schema public from alphapulse_app'],
    seenBy: ['sql: sequences, which count for all tenants'],
  },
  'samples of the planner that may be read': {
    plant: ['grant select on pg_catalog.pg_statistic to alphapulse_app'],
    revert: ['revoke select on pg_catalog.pg_statistic from alphapulse_app'],
    seenBy: ['sql: pg_statistic behind the view'],
  },
  'statements of all roles that may be read': {
    plant: ['grant pg_read_all_stats to alphapulse_app with inherit true'],
    revert: ['revoke pg_read_all_stats from alphapulse_app'],
    seenBy: ['sql: statements of other roles'],
  },
  'objects that may be made': {
    plant: ['grant create on schema public to alphapulse_app'],
    revert: ['revoke create on schema public from alphapulse_app'],
    seenBy: ['sql: create a table in the schema', 'sql: create a function in the schema'],
  },
};
