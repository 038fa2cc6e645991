#!/bin/sh
# What the image postgres:15 does at its start, as far as the example needs it: a new cluster where there is none, of
# POSTGRES_USER (postgres), POSTGRES_PASSWORD and POSTGRES_DB, then the server on all addresses of the container.
set -eu
data=/var/lib/postgresql/data
bin=/usr/lib/postgresql/15/bin
user="${POSTGRES_USER:-postgres}"
database="${POSTGRES_DB:-$user}"
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }

mkdir -p /run/postgresql "$data"
chown postgres:postgres /run/postgresql "$data"
chmod 700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?is not set, and a new database needs it}"
  password="$(mktemp)"
  printf '%s\n' "$POSTGRES_PASSWORD" >"$password"
  chown postgres "$password"
  as_postgres "$bin/initdb" -D "$data" -U "$user" -A scram-sha-256 --pwfile="$password" -E UTF8 --locale=C.UTF-8
  rm "$password"
  printf 'host all all all scram-sha-256\n' >>"$data/pg_hba.conf"
  if [ "$database" != postgres ]; then
    printf 'create database "%s";\n' "$database" | as_postgres "$bin/postgres" --single -D "$data" postgres
  fi
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$bin/postgres" -D "$data" -h '*'
