-- Row-level security on users and the nine domain tables: enabled, forced on the owner too, one policy a table.
--
-- The (select ...) makes the setting an InitPlan, read once a statement, not once a row. A session that never set a
-- tenant has NULL (current_setting's second argument), one whose transaction ended has '' (nullif): either sees no row.

-- Up Migration
alter table users enable row level security;
alter table users force row level security;
create policy tenant_isolation on users
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table portfolios enable row level security;
alter table portfolios force row level security;
create policy tenant_isolation on portfolios
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table strategies enable row level security;
alter table strategies force row level security;
create policy tenant_isolation on strategies
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table signals enable row level security;
alter table signals force row level security;
create policy tenant_isolation on signals
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table orders enable row level security;
alter table orders force row level security;
create policy tenant_isolation on orders
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table trades enable row level security;
alter table trades force row level security;
create policy tenant_isolation on trades
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table positions enable row level security;
alter table positions force row level security;
create policy tenant_isolation on positions
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table risk_limits enable row level security;
alter table risk_limits force row level security;
create policy tenant_isolation on risk_limits
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table risk_snapshots enable row level security;
alter table risk_snapshots force row level security;
create policy tenant_isolation on risk_snapshots
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

alter table audit_events enable row level security;
alter table audit_events force row level security;
create policy tenant_isolation on audit_events
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

-- Down Migration
drop policy tenant_isolation on users;
alter table users no force row level security;
alter table users disable row level security;

drop policy tenant_isolation on portfolios;
alter table portfolios no force row level security;
alter table portfolios disable row level security;

drop policy tenant_isolation on strategies;
alter table strategies no force row level security;
alter table strategies disable row level security;

drop policy tenant_isolation on signals;
alter table signals no force row level security;
alter table signals disable row level security;

drop policy tenant_isolation on orders;
alter table orders no force row level security;
alter table orders disable row level security;

drop policy tenant_isolation on trades;
alter table trades no force row level security;
alter table trades disable row level security;

drop policy tenant_isolation on positions;
alter table positions no force row level security;
alter table positions disable row level security;

drop policy tenant_isolation on risk_limits;
alter table risk_limits no force row level security;
alter table risk_limits disable row level security;

drop policy tenant_isolation on risk_snapshots;
alter table risk_snapshots no force row level security;
alter table risk_snapshots disable row level security;

drop policy tenant_isolation on audit_events;
alter table audit_events no force row level security;
alter table audit_events disable row level security;
