#!/bin/sh
# Writes VAULT_LOCAL_CONFIG to /vault/config/local.json and becomes `vault server` as the user vault. Never sets
# capabilities (as if SKIP_SETCAP were given): the configuration has to say disable_mlock.
set -eu

case ${1-} in
  server)
    shift
    if [ -n "${VAULT_LOCAL_CONFIG-}" ]; then printf '%s\n' "$VAULT_LOCAL_CONFIG" >/vault/config/local.json; fi
    set -- vault server -config=/vault/config "$@"
    ;;
  version | status | operator | -*) exec vault "$@" ;;
  vault) ;;
  *) exec "$@" ;;
esac
if [ "$(id -u)" = 0 ]; then
  chown -R vault:vault /vault/config /vault/file /vault/logs
  # Without -- busybox would read vault's own options as those of su.
  # shellcheck disable=SC2016
  exec su -s /bin/sh -c 'exec "$@"' -- vault sh "$@"
fi
exec "$@"
