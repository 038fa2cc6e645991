#!/bin/sh
# Makes the root file system of the stand-ins for postgres:15, redis:7 and nginx:1: servers.sh TAR
# Debian 12 by debootstrap (about a minute) with PostgreSQL 15, Redis 7 and nginx, and beside them what the images of
# those names bring: their entry points, and nginx's way of including conf.d. Does nothing where TAR is there.
set -eu
umask 022
tar="$1"
here="$(cd "$(dirname "$0")" && pwd)"

mkdir -p "$(dirname "$tar")"
exec 9>>"$tar.lock"
flock 9
if [ -e "$tar" ]; then exit 0; fi

root="$(mktemp -d "$tar.XXXXXX")"
trap 'rm -rf "$root" "$tar.part"' EXIT
trap 'exit 1' HUP INT TERM

debootstrap --variant=minbase --include=postgresql-15,redis-server,nginx-light bookworm "$root" 9>&-

# A third of it: documents, lists of packages, and a compiler that PostgreSQL does without.
rm -rf "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/locale/* "$root"/var/cache/apt/* \
  "$root"/var/lib/apt/lists/* "$root"/usr/lib/postgresql/15/lib/bitcode "$root"/usr/lib/*/libLLVM*
rm -rf "$root"/etc/nginx/sites-enabled/* "$root"/var/lib/postgresql/15 "$root"/etc/ssl/private/*
printf 'jit = off\n' >>"$root/usr/share/postgresql/15/postgresql.conf.sample"
install -m 755 "$here/postgres.sh" "$root/usr/local/bin/stand-in-postgres"
install -m 755 "$here/redis.sh" "$root/usr/local/bin/stand-in-redis"
install -m 644 "$here/nginx.conf" "$root/etc/nginx/nginx.conf"
mkdir -p "$root/etc/nginx/conf.d"

tar -C "$root" -cf "$tar.part" .
mv "$tar.part" "$tar"
