#!/bin/sh
# Becomes redis-server as the user redis, with data in /data. Like the official image it has no protected mode: who may
# come in is for the network and the access list to say.
set -eu

case ${1-} in '' | -* | *.conf) set -- redis-server "$@" ;; esac
[ "$1" = redis-server ] || exec "$@"

case " $* " in
  *' --protected-mode '*) ;;
  *) set -- "$@" --protected-mode no ;;
esac
if [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis:redis {} +
  exec setpriv --reuid=redis --regid=redis --init-groups "$@"
fi
exec "$@"
