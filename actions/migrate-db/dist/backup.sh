# shellcheck shell=sh disable=SC2154 # b_… come as assignments before this text
# What migrate-db does on a host: a dump of the database beside the service, where it outlives the job. It comes after the
# shared host script, by standard input. So does the password, which is on the disk only while the dump runs.

find_dump() { # sets dump: a pg_dump whose major version is not below the server's (b_major)
  dump=''
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/bin /usr/bin /bin; do
    if [ ! -x "$folder/pg_dump" ] || [ ! -x "$folder/pg_restore" ]; then continue; fi
    major=$("$folder/pg_dump" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    case $major in '' | *[!0-9]*) continue ;; esac
    if [ "$major" -ge "$b_major" ]; then
      dump=$folder/pg_dump
      return 0
    fi
  done
  refuse pg-dump-missing "pg_dump of version $b_major or newer is not installed on the host; install postgresql-client-$b_major there, or give backup: command:…"
}

cmd_backup_room() { # checks what a dump needs before it begins
  find_dump
  umask 077
  mkdir -p "$b_folder" 2>/dev/null || refuse path-not-writable "cannot create the folder $b_folder"
  if [ ! -w "$b_folder" ]; then refuse path-not-writable "cannot write in $b_folder"; fi
  free=$(df -Pk "$b_folder" | fourth_of_second)
  say "fact free-kib $free"
}

cmd_backup() {
  find_dump
  umask 077
  pass=$belay/pgpass.$$
  part=$b_folder/$b_file.partial
  trap 'rm -f "$pass" "$part"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -p "$belay" || refuse path-not-writable "cannot create the folder $belay"
  rm -f "$belay"/pgpass.* "$b_folder/$b_prefix"????????T??????Z-*.partial
  printf '%s\n' "$b_pgpass" >"$pass" || refuse disk-full "cannot write in $belay"
  export PGPASSFILE="$pass" PGHOST="$b_host" PGPORT="$b_port" PGUSER="$b_user" PGDATABASE="$b_database" PGSSLMODE="$b_sslmode"
  export PGAPPNAME="$b_application"
  if ! why=$("$dump" --format=custom --no-password --file="$part" 2>&1); then
    refuse backup-failed "pg_dump: $(printf '%s' "$why" | tr '\n' ' ' | cut -c 1-300)"
  fi
  if ! "${dump%/*}/pg_restore" --list "$part" >/dev/null 2>&1; then
    refuse backup-failed 'pg_restore cannot read the dump that was just made'
  fi
  sync "$part" 2>/dev/null || :
  mv -f "$part" "$b_folder/$b_file" || refuse disk-full "cannot write in $b_folder"
  say "size $(wc -c <"$b_folder/$b_file")"
  say "sha256 $(sha256sum "$b_folder/$b_file" | cut -d ' ' -f 1)"
  prune_backups
}

prune_backups() { # keeps the newest b_keep_backups; names sort by time. A release id follows the prefix and begins with its
  count=0
  for file in "$b_folder/$b_prefix"????????T??????Z-*.dump; do
    if [ -f "$file" ]; then count=$((count + 1)); fi
  done
  for file in "$b_folder/$b_prefix"????????T??????Z-*.dump; do
    [ $count -gt "$b_keep_backups" ] || break
    rm -f "$file"
    count=$((count - 1))
  done
}
