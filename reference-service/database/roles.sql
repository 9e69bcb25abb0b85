-- The three database roles of AlphaPulse. Run by a superuser, once a cluster; running it again changes nothing.
--
-- It sets no password: whoever provisions the cluster does that (alter role ... password ...), so that no secret is in
-- the repository. The database itself belongs to the migrating role: create database alphapulse owner alphapulse_owner;
--
--   alphapulse_owner   owns schema and tables and migrates them; no service connects with it
--   alphapulse_app     the service in production (RLS_MODE=rls): bound by every policy, owns nothing
--   alphapulse_exempt  the explicit-filter and bare arms of the experiment only: same grants, exempt from policies

do $$
begin
  if not exists (select from pg_roles where rolname = 'alphapulse_owner') then
    create role alphapulse_owner;
  end if;
  if not exists (select from pg_roles where rolname = 'alphapulse_app') then
    create role alphapulse_app;
  end if;
  if not exists (select from pg_roles where rolname = 'alphapulse_exempt') then
    create role alphapulse_exempt;
  end if;
end
$$;

alter role alphapulse_owner with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit;
alter role alphapulse_app with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit;
alter role alphapulse_exempt with login nosuperuser bypassrls nocreatedb nocreaterole noreplication noinherit;

-- A statement or a transaction that outlives every client's patience must not hold locks or a pool's connection.
alter role alphapulse_app set statement_timeout = '15s';
alter role alphapulse_app set lock_timeout = '5s';
alter role alphapulse_app set idle_in_transaction_session_timeout = '15s';
alter role alphapulse_exempt set statement_timeout = '15s';
alter role alphapulse_exempt set lock_timeout = '5s';
alter role alphapulse_exempt set idle_in_transaction_session_timeout = '15s';

-- Times leave the server in UTC, whatever the cluster's default: the service passes them on as text.
alter role alphapulse_app set timezone = 'UTC';
alter role alphapulse_exempt set timezone = 'UTC';
