#!/bin/sh
# Makes the cluster in an empty volume, then becomes the server. Knows POSTGRES_USER, POSTGRES_PASSWORD(_FILE),
# POSTGRES_INITDB_ARGS and PGDATA, as far as the official image gives them the same meaning.
set -eu

complain() {
  echo "stand-in postgres: $1" >&2
  exit 64
}

case ${1-} in '' | -*) set -- postgres "$@" ;; esac
[ "$1" = postgres ] || exec "$@"

for unknown in POSTGRES_DB POSTGRES_HOST_AUTH_METHOD POSTGRES_INITDB_WALDIR; do
  if printenv "$unknown" >/dev/null; then complain "this image does not know $unknown"; fi
done

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  passwordFile=${POSTGRES_PASSWORD_FILE:-/dev/shm/postgres-password}
  if [ -n "${POSTGRES_PASSWORD-}" ]; then
    [ -z "${POSTGRES_PASSWORD_FILE-}" ] || complain 'set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE, not both'
    (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" >"$passwordFile")
  fi
  [ -s "$passwordFile" ] || complain 'a new cluster needs a password in POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE'
  # The arguments are several words on purpose.
  # shellcheck disable=SC2086
  initdb --pgdata="$PGDATA" --username="${POSTGRES_USER:-postgres}" --pwfile="$passwordFile" ${POSTGRES_INITDB_ARGS-}
  rm -f /dev/shm/postgres-password
fi
unset POSTGRES_PASSWORD
exec "$@"
