-- The single-tenant schema that AlphaPulse ran on before it had tenants.

-- Up Migration
revoke all on schema public from public;
grant usage on schema public to alphapulse_app, alphapulse_exempt;

create table instruments (
  id int primary key,
  symbol text not null unique,
  name text not null,
  asset_class text not null check (asset_class in ('equity', 'etf', 'bond', 'crypto', 'fx')),
  currency char(3) not null,
  tick_size numeric(12, 6) not null
);

create table prices (
  instrument_id int not null references instruments (id),
  day date not null,
  close numeric(18, 6) not null,
  primary key (instrument_id, day)
);

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null constraint users_email_key unique,
  display_name text not null,
  role text not null check (role in ('admin', 'trader', 'viewer')),
  password_hash text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);

create table portfolios (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  base_currency char(3) not null,
  broker_account_ciphertext text,
  created_at timestamptz not null default now()
);
create index portfolios_created_idx on portfolios (created_at, id);

create table strategies (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint strategies_portfolio_fkey references portfolios (id),
  name text not null,
  kind text not null check (kind in ('momentum', 'mean_reversion', 'pairs', 'market_making')),
  parameters jsonb not null default '{}',
  enabled boolean not null default true,
  created_at timestamptz not null default now()
);
create index strategies_portfolio_idx on strategies (portfolio_id);
create index strategies_created_idx on strategies (created_at, id);

create table signals (
  id uuid primary key default gen_random_uuid(),
  strategy_id uuid not null constraint signals_strategy_fkey references strategies (id),
  instrument_id int not null constraint signals_instrument_fkey references instruments (id),
  direction text not null check (direction in ('buy', 'sell', 'hold')),
  strength numeric(5, 4) not null,
  note text,
  generated_at timestamptz not null default now()
);
create index signals_generated_idx on signals (generated_at, id);
create index signals_strategy_generated_idx on signals (strategy_id, generated_at, id);

create table orders (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint orders_portfolio_fkey references portfolios (id),
  strategy_id uuid constraint orders_strategy_fkey references strategies (id),
  instrument_id int not null constraint orders_instrument_fkey references instruments (id),
  side text not null check (side in ('buy', 'sell')),
  type text not null check (type in ('market', 'limit')),
  quantity numeric(18, 4) not null check (quantity > 0),
  limit_price numeric(18, 6) check (limit_price > 0),
  status text not null default 'new' check (status in ('new', 'filled', 'cancelled', 'rejected')),
  idempotency_key text constraint orders_idempotency_key unique,
  note text,
  created_by uuid not null constraint orders_created_by_fkey references users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index orders_created_idx on orders (created_at, id);
create index orders_status_created_idx on orders (status, created_at, id);
create index orders_portfolio_idx on orders (portfolio_id);

create table trades (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint trades_portfolio_fkey references portfolios (id),
  order_id uuid not null constraint trades_order_fkey references orders (id),
  instrument_id int not null constraint trades_instrument_fkey references instruments (id),
  side text not null check (side in ('buy', 'sell')),
  quantity numeric(18, 4) not null check (quantity > 0),
  price numeric(18, 6) not null,
  fee numeric(18, 6) not null,
  venue_ref text,
  executed_at timestamptz not null default now()
);
create index trades_executed_idx on trades (executed_at, id);
create index trades_portfolio_executed_idx on trades (portfolio_id, executed_at, id);
create index trades_order_idx on trades (order_id);

create table positions (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint positions_portfolio_fkey references portfolios (id),
  instrument_id int not null constraint positions_instrument_fkey references instruments (id),
  quantity numeric(18, 4) not null,
  average_price numeric(18, 6) not null,
  updated_at timestamptz not null default now(),
  constraint positions_portfolio_instrument_key unique (portfolio_id, instrument_id)
);

create table risk_limits (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint risk_limits_portfolio_fkey references portfolios (id),
  kind text not null check (kind in ('gross_exposure', 'net_exposure', 'single_name', 'daily_loss')),
  limit_value numeric(20, 2) not null,
  updated_at timestamptz not null default now()
);
create index risk_limits_portfolio_idx on risk_limits (portfolio_id);

create table risk_snapshots (
  id uuid primary key default gen_random_uuid(),
  portfolio_id uuid not null constraint risk_snapshots_portfolio_fkey references portfolios (id),
  gross_exposure numeric(20, 2) not null,
  net_exposure numeric(20, 2) not null,
  var_95 numeric(20, 2) not null,
  taken_at timestamptz not null default now()
);
create index risk_snapshots_portfolio_taken_idx on risk_snapshots (portfolio_id, taken_at);

-- actor_id has no foreign key: an entry outlives the user that it speaks of.
create table audit_events (
  id bigint generated by default as identity primary key,
  actor_id uuid,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}',
  occurred_at timestamptz not null default now()
);
-- Answers "was this session logged out?" when Redis, which normally does, cannot be asked.
create index audit_events_logout_idx on audit_events (subject) where action = 'auth.logout';

-- What the service does, and not a verb more. Nobody but the owner may change or remove an audit event.
grant select on instruments, prices, strategies, signals, trades, positions, risk_snapshots
  to alphapulse_app, alphapulse_exempt;
grant select, insert, update (display_name, role, active) on users to alphapulse_app, alphapulse_exempt;
grant select, insert, update (broker_account_ciphertext) on portfolios to alphapulse_app, alphapulse_exempt;
grant select, insert, update (status, updated_at) on orders to alphapulse_app, alphapulse_exempt;
grant select, update (limit_value, updated_at) on risk_limits to alphapulse_app, alphapulse_exempt;
grant select, insert on audit_events to alphapulse_app, alphapulse_exempt;

-- Down Migration
drop table audit_events, risk_snapshots, risk_limits, positions, trades, orders, signals, strategies, portfolios, users,
  prices, instruments;
revoke usage on schema public from alphapulse_app, alphapulse_exempt;
grant usage on schema public to public;
