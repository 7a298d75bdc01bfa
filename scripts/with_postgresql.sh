#!/bin/sh
# Run a command with a PostgreSQL of its own on loopback, named in GONGKAI_TEST_DATABASE and gone afterwards.
# Exit code 77 where PostgreSQL is not installed. It does not run as root: root runs it as "nobody".
# GONGKAI_DURABLE=1: it waits for the disk as it does in production; otherwise nothing here outlives the tests.
set -eu
bin=""
for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V) "$(dirname "$(command -v initdb || echo /)")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && bin=$folder
done
[ -n "$bin" ] || exit 77
folder=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-postgresql.XXXXXX")
as=""
if [ "$(id -u)" = 0 ]; then
    chown nobody "$folder"
    as="runuser -u nobody --"
fi
stop() {
    code=$?
    trap - EXIT INT TERM
    $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
    exit "$code"
}
trap stop EXIT INT TERM
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U gongkai --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
careless="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ "${GONGKAI_DURABLE:-}" = 1 ] && careless=""
$as "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" -o "-p $port -c listen_addresses=127.0.0.1 \
-c unix_socket_directories= $careless" start || { cat "$folder/log" >&2; exit 1; }
cd "$OLDPWD"
GONGKAI_TEST_DATABASE="postgresql://gongkai@127.0.0.1:$port/postgres" "$@"
