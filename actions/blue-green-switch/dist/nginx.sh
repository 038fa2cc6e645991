# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why and weights go to the caller
# nginx: one file, `active.conf`, included inside `upstream {}`, holds the server lines of the active slots. Its facts:
# r_upstream (the folder), r_proxy_kind (systemd, command, compose), r_proxy (the unit, quoted words, or the folder of
# the Compose file), r_proxy_service (nginx's name there), r_slots.
# A reload is asynchronous (docs/research/components.md#nginx). The workers read the file when they start, so their age shows
# what nginx really does.

nginx_run() { # validate|reload|pid
  case $r_proxy_kind:$1 in
  systemd:validate) as_root nginx -t ;;
  systemd:reload) as_root systemctl reload "$r_proxy" ;;
  systemd:pid) systemctl show -p MainPID "$r_proxy" | cut -d= -f2- ;;
  command:*)
    eval "set -- $r_proxy \"\$1\""
    "$@"
    ;;
  compose:validate) nginx_container && docker exec "$container" nginx -T ;;
  compose:reload) nginx_container && docker exec "$container" nginx -s reload ;;
  compose:pid) nginx_master_known || nginx_master ;;
  esac
}

nginx_container() { # sets container, by its labels: Compose itself gives no answer as long as any variable of the team's file
  container=$(bounded 10 docker ps --quiet --filter "label=com.docker.compose.project.working_dir=$r_proxy" \
    --filter "label=com.docker.compose.service=$r_proxy_service")
  [ -z "$container" ] || return 0
  container=$(bounded 10 docker compose --project-directory "$r_proxy" ps --quiet "$r_proxy_service")
  [ -z "$container" ] || return 0
  printf '%s\n' "error: no container of $r_proxy_service in $r_proxy is running" >&2
  return 1
}

nginx_master_known() { # prints the process that was found before, if it is still that one: Docker is slow, and this is
  { read -r process begun <"$belay/nginx-master"; } 2>/dev/null || return 1
  nginx_began "$process" && [ "$tick" = "$begun" ] && printf '%s' "$process"
}

nginx_began() { # PROCESS: sets tick, its start: the 22nd field, in hundredths of a second since the boot, whatever the date is
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${line##*) }
  tick=${20}
}

nginx_master() {
  nginx_container && process=$(bounded 10 docker inspect --format '{{.State.Pid}}' "$container") &&
    process=$(nginx_in_container "$process") && [ -n "$process" ] || return 1
  if nginx_began "$process"; then write_atomic "$belay/nginx-master" "$process $tick" 2>/dev/null || :; fi
  printf '%s' "$process"
}

nginx_in_container() { # PID of its first process: prints that of nginx, which an init may have started
  case $(tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null) in nginx*)
    printf '%s' "$1"
    return
    ;;
  esac
  for entry in /proc/[0-9]*/stat; do
    { read -r line <"$entry"; } 2>/dev/null || continue
    rest=${line##*) }
    rest=${rest#* }
    [ "${rest%% *}" = "$1" ] || continue
    entry=${entry%/stat}
    case $(tr '\0' ' ' <"$entry/cmdline" 2>/dev/null) in nginx*) printf '%s' "${entry#/proc/}" ;; esac
  done
}

nginx_read() { # sets snapshot (the file in one line), weights, and addresses, which the file names for its slots
  file=$r_upstream/active.conf
  if [ ! -r "$file" ]; then
    why="$file is missing or cannot be read"
    return 1
  fi
  snapshot=$(tr '\n' '\r' <"$file") found=' ' weights='' addresses='' cr=$(printf '\r') newline='
'
  while read -r word rest || [ -n "$word" ]; do
    case $word in '' | '#'* | "$cr") continue ;; server) ;; *)
      why="$file has a line that is no server: $word $rest"
      return 1
      ;;
    esac
    place=${rest%%[[:space:];]*}
    case $rest in *';'*) more=${rest#*;} ;; *) more='' ;; esac
    case ${more%%#*} in *[![:space:]]*)
      why="$file has more than one server on a line: $rest"
      return 1
      ;;
    esac
    if ! slot_at "${place%:*}" "${place##*:}"; then
      why="$file sends traffic to $place, which is none of the slots $r_slots"
      return 1
    fi
    found="$found$slot_name " addresses="$addresses${place%:*}$newline"
  done <"$file"
  for port in $r_slots; do
    case $found in *" $port "*) weights="$weights$port=100 " ;; *) weights="$weights$port=0 " ;; esac
  done
}

nginx_workers() { # sets workers, those that take new connections, and master
  workers=''
  master=$(exec 7<&- && nginx_run pid 2>/dev/null) || master=''
  case $master in '' | 0 | *[!0-9]*)
    why='nginx is not running, or its process cannot be found'
    return 1
    ;;
  esac
  for entry in /proc/[0-9]*/stat; do
    { read -r line <"$entry"; } 2>/dev/null || continue
    rest=${line##*) }
    rest=${rest#* }
    [ "${rest%% *}" = "$master" ] || continue
    worker_pid=${entry#/proc/}
    worker_pid=${worker_pid%/stat}
    case $(tr '\0' ' ' <"/proc/$worker_pid/cmdline" 2>/dev/null) in
    *'shutting down'*) ;;
    *'worker process'*) workers="$workers$worker_pid " ;;
    esac
  done
  why="no worker of nginx (process $master) was found"
  [ -n "$workers" ]
}

nginx_loaded() { # nginx serves what the file says and nothing else, as far as that can be observed
  nginx_alone && nginx_current
}

nginx_alone() { # nginx includes all *.conf of the folder: traffic of another file would be neither read nor moved
  others=''
  for file in "$r_upstream"/*.conf; do
    case ${file##*/} in active.conf | '*.conf') ;; *) others="$others, ${file##*/}" ;; esac
  done
  why="besides active.conf, $r_upstream holds ${others#, }, which nginx includes too: move it away, and reload nginx"
  [ -z "$others" ]
}

nginx_current() { # no worker is older than the file: by the note from when Belay wrote it, else by the dates
  nginx_workers && is=$(nginx_fingerprint) || return 1
  nginx_noted
  why="$r_upstream/active.conf was changed after nginx was last reloaded, so nginx does not serve what the file says: restore the file if the change was a mistake, then reload nginx"
  for worker_pid in $workers; do
    nginx_began "$worker_pid" || continue
    if [ "$noted" = "$is" ]; then
      [ "$tick" -ge "$noted_from" ] || return 1
    else
      [ "$tick" -ge "$noted_until" ] && nginx_dated "$tick" "$is" || return 1
    fi
  done
}

nginx_fingerprint() { # prints what another text, owner or name of the file would change: inode, date of change, size
  stat -c '%i %Z %s' "$r_upstream/active.conf"
}

nginx_noted() { # sets noted, the fingerprint of the noted file. Workers that began before noted_from have not read it; those
  noted_from=0 noted_until=0 noted_boot='' noted=''
  if [ -f "$belay/nginx-file" ]; then read -r noted_from noted_until noted_boot noted <"$belay/nginx-file" || :; fi
  [ "$noted_boot" = "$(boot_id)" ] || noted_from=0 noted_until=0
}

nginx_dated() { # TICK FINGERPRINT: by the dates, that worker is not older than the file: the only way for a file that a
  changed=${2#* }
  while read -r word value _; do
    [ "$word" != btime ] || booted=$value
  done </proc/stat
  [ $((booted + $1 / 100 + 2)) -ge "${changed% *}" ]
}

nginx_exclusive() { :; } # nginx_read refuses a file that holds more than the slots

nginx_inflight() { # SLOT…: prints how many connections this host has open to them
  peers=''
  for peer in "$@"; do
    peers="$peers${peers:+|}$(nginx_kernel_peer "$peer")"
  done
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    grep -cE "^ *[0-9]*: [0-9A-F]*:[0-9A-F]* ($peers) 01 " || :
}

nginx_kernel_peer() { # SLOT: prints a pattern of its address and port. A port alone is at the addresses that the file names
  case $1 in
  *:*) peer_address=$(nginx_kernel_address "${1%:*}") || peer_address='' ;;
  *) nginx_read && peer_address=$(nginx_kernel_addresses) || peer_address='' ;;
  esac
  printf '(%s):%04X' "${peer_address:-[0-9A-F]*}" "${1##*:}"
}

nginx_kernel_addresses() { # prints all addresses of the file, with a bar between; false where one of them is a name
  all=''
  while read -r address; do
    all=$all${all:+|}$(nginx_kernel_address "$address") || return 1
  done <<ADDRESSES
${addresses%?}
ADDRESSES
  printf '%s' "$all"
}

nginx_kernel_address() { # ADDRESS: prints it as /proc/net/tcp and tcp6 write it on machines whose last byte comes first
  case $1 in
  0.0.0.0 | '[::]' | *..* | .* | *.) return 1 ;;
  '['*[!]0-9A-Fa-f:]* | '['*:::*) return 1 ;;
  '['*:*']') nginx_kernel_ipv6 "$1" ;;
  *[!0-9.]* | *.*.*.*.*) return 1 ;;
  *.*.*.*)
    octets=''
    rest=$1.
    while [ -n "$rest" ]; do
      octet=${rest%%.*} rest=${rest#*.}
      case $octet in 0?*) return 1 ;; esac
      octets=$(printf '%02X' "$octet")$octets
    done
    printf '%s' "$octets"
    ;;
  *) return 1 ;;
  esac
}

nginx_kernel_ipv6() { # [ADDRESS]: its eight groups as four words, each with its last byte first
  text=${1#?} text=${text%?}
  case $text in
  *::*)
    head=$(nginx_groups "${text%%::*}") tail=$(nginx_groups "${text#*::}")
    while [ $((${#head} + ${#tail})) -lt 32 ]; do head=${head}0000; done
    groups=$head$tail
    ;;
  *) groups=$(nginx_groups "$text") ;;
  esac
  [ ${#groups} -eq 32 ] || return 1
  printf '%s' "$groups" | sed 's/\(..\)\(..\)\(..\)\(..\)/\4\3\2\1/g'
}

nginx_groups() { # GROUP:GROUP…: prints each with four digits
  rest=$1
  while [ -n "$rest" ]; do
    group=${rest%%:*}
    printf '%04X' "0x$group"
    case $rest in *:*) rest=${rest#*:} ;; *) rest='' ;; esac
  done
}
