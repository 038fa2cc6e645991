# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the release's state file, why and weights go to switch.sh
# HAProxy: by its runtime socket, the servers of one backend, identified by their ports. Its facts: r_socket, r_backend,
# r_state_file, r_slots. What the socket changes is in memory only (docs/research/components.md#haproxy), so each change is
# saved to the state file, which HAProxy reads when it starts or reloads.

haproxy_ask() { # COMMANDS: prints the answer
  printf '%s\n' "$1" | socat -t 5 -T 5 - "UNIX-CONNECT:$r_socket" 2>&1 7<&-
}

haproxy_order() { # COMMANDS: any answer to them is an error
  said=$(haproxy_ask "$1" | tr -s '\n' ' ') || said='its socket does not answer'
  case $said in '' | ' ') return 0 ;; esac
  why="HAProxy says to \"$1\": $said"
  return 1
}

haproxy_parse() { # of `show servers state` on standard input: sets snapshot and weights
  states_seen=' '
  while read -r _ be _ server _ operation admin weight _ _ _ _ _ _ _ _ _ _ port _; do
    [ "$be" = "$r_backend" ] || continue
    # Bits of the administrative state (management.txt): maintenance 1, 4, 32, drain 8, 16.
    if [ $((admin & 37)) -ne 0 ]; then mode=maint; elif [ $((admin & 24)) -ne 0 ]; then mode=drain; else mode=ready; fi
    case " $r_slots " in *" $port "*) case $states_seen in *" $port="*)
      why="backend $r_backend has more than one server with port $port: one of them would keep its traffic"
      return 1
      ;;
    esac ;; esac
    states_seen="$states_seen$port=$server/$weight/$mode/$operation "
  done
  snapshot='' weights='' operations=' '
  for port in $r_slots; do
    case $states_seen in *" $port="*) ;; *)
      why="backend $r_backend has no server with port $port"
      return 1
      ;;
    esac
    entry=${states_seen#*" $port="}
    entry=${entry%% *}
    snapshot="$snapshot$port=${entry%/*} "
    operations="$operations$port=${entry##*/} "
    entry=${entry%/*} weight=${entry#*/}
    case $weight in */ready) weights="$weights$port=${weight%/*} " ;; *) weights="$weights$port=0 " ;; esac
  done
}

haproxy_read() {
  answer=$(haproxy_ask "show servers state $r_backend") || answer=''
  case $answer in
  1*) ;;
  *)
    why="HAProxy gives no valid answer on $r_socket: $(printf '%s' "$answer" | tail -n 1)"
    return 1
    ;;
  esac
  haproxy_parse <<STATE
$answer
STATE
}

haproxy_loaded() { :; } # the socket reports what HAProxy really does

haproxy_exclusive() { # only before a switch: a server that is added later must not block a rollback
  [ "${r_kind-}" != rollback ] || return 0
  # A backup serves only while none of the others does. Columns of the statistics: pxname, svname, bck (management.txt).
  backups=$(haproxy_ask 'show stat' | cut -d, -f1,2,21 | tr '\n' ' ')
  servers=$(haproxy_ask "show servers state $r_backend")
  while read -r _ be _ server _ _ admin weight _ _ _ _ _ _ _ _ _ _ port _; do
    [ "$be" = "$r_backend" ] || continue
    if [ $((admin & 61)) -ne 0 ] || [ "$weight" -eq 0 ]; then continue; fi
    case " $r_slots " in *" $port "*) continue ;; esac
    case " $backups" in *" $r_backend,$server,1 "*) continue ;; esac
    why="backend $r_backend also sends traffic to server $server (port $port), which is none of the slots $r_slots; give it weight 0 or a backend of its own"
    return 1
  done <<SERVERS
$servers
SERVERS
}

haproxy_validate() {
  haproxy_read || return 1
  case $(haproxy_ask 'show cli level') in admin*) return 0 ;; esac
  why="the socket $r_socket does not have level admin"
  return 1
}

haproxy_prepare() {
  printf '%s\n' "$snapshot" >"$work/known" && printf '%s\n' "$snapshot" >"$work/before" &&
    { [ ! -e "$r_state_file" ] || (: >>"$r_state_file"); } &&
    haproxy_ask "show servers state $r_backend" >"$work/state.before"
}

haproxy_known() { # SNAPSHOT: as this release found it, or left it
  while IFS= read -r line; do
    [ "$line" != "$1" ] || return 0
  done <"$work/known"
  why="the servers of backend $r_backend were changed from outside during this release ($1); Belay leaves them as they are"
  return 1
}

haproxy_set() { # PORT=SERVER/WEIGHT/MODE…: first the servers that get more, then, once they are up, those that get less
  haproxy_read || return 1
  haproxy_known "$snapshot" || return 1
  for turn_of in more less; do
    for wanted in "$@"; do
      port=${wanted%%=*}
      place=" $snapshot"
      place=${place#*" $port="}
      place=$port=${place%% *}
      [ "$place" != "$wanted" ] || continue
      if [ "$(haproxy_share "$wanted")" -gt "$(haproxy_share "$place")" ]; then grows="more"; else grows="less"; fi
      [ $grows = $turn_of ] || continue
      haproxy_set_one "$place" "$wanted" || return 1
    done
    [ $turn_of = less ] || haproxy_wait_up "$@" || return 1
  done
}

haproxy_share() { # PORT=SERVER/WEIGHT/MODE: prints the weight that it really has
  case $1 in */ready) share=${1#*/} && printf '%s' "${share%/*}" ;; *) printf 0 ;; esac
}

haproxy_set_one() { # PLACE WANTED
  server=${2#*=} server=$r_backend/${server%%/*}
  weight=${2#*/} mode=${2##*/} weight=${weight%/*}
  next=" $snapshot"
  next="${next%%" $1 "*} $2 ${next#*" $1 "}"
  next=${next# }
  moving || return 1
  # Before the change: after a kill, the undo must recognise it as this release's.
  why='the disk is full'
  printf '%s\n' "$next" >>"$work/known" || return 1
  haproxy_order "set server $server weight $weight; set server $server state $mode" || return 1
  snapshot=$next
}

haproxy_wait_up() { # traffic must not move to a server that HAProxy considers down
  clock
  up_until=$((now + 15))
  for wanted in "$@"; do
    [ "$(haproxy_share "$wanted")" -gt 0 ] || continue
    while haproxy_read; do
      case $operations in *" ${wanted%%=*}=2 "*) continue 2 ;; esac
      clock
      why="HAProxy considers the server with port ${wanted%%=*} down"
      [ "$now" -lt $up_until ] || return 1
      blink
    done
    return 1
  done
}

haproxy_full() { # prints the weight that the active slot had before: a complete switch gives it to the other one
  read -r entries <"${work-}/before" 2>/dev/null || entries=''
  full=0
  for entry in $entries; do
    if [ "${entry%%=*}" = "$r_from" ]; then full=$(haproxy_share "$entry"); fi
  done
  if [ "$full" -gt 0 ]; then printf '%s' "$full"; else printf 100; fi
}

haproxy_weight() { # PERCENT: prints the weight: between two servers only the share counts, until one has all
  if [ "$1" -eq 100 ]; then haproxy_full; else printf '%s' "$1"; fi
}

haproxy_apply() { # PORT=PERCENT…
  haproxy_read || return 1
  wanted_entries=''
  for pair in "$@"; do
    server=" $snapshot"
    server=${server#*" ${pair%%=*}="}
    wanted_entries="$wanted_entries${pair%%=*}=${server%%/*}/$(haproxy_weight "${pair#*=}")/ready "
  done
  # shellcheck disable=SC2086 # a list
  haproxy_set $wanted_entries
}

haproxy_restore() {
  read -r entries <"$work/before"
  # shellcheck disable=SC2086 # a list
  haproxy_set $entries
}

haproxy_weights_before() { printf '%s' "$r_from=100 $r_slot=0"; }

haproxy_confirm() { # PORT=PERCENT…
  haproxy_read || return 1
  for pair in "$@"; do
    pair=${pair%%=*}=$(haproxy_weight "${pair#*=}")
    case " $weights" in *" $pair "*) ;; *)
      why="HAProxy says $weights, not $*"
      return 1
      ;;
    esac
    case $pair in *=0) continue ;; esac
    case $operations in *" ${pair%%=*}=2 "*) ;; *)
      why="HAProxy considers the server with port ${pair%%=*} down"
      return 1
      ;;
    esac
  done
}

haproxy_inflight() { # PORT
  haproxy_read || return 0
  server=" $snapshot"
  server=${server#*" $1="}
  haproxy_ask 'show stat' | while IFS=, read -r proxy name _ _ current _; do
    [ "$proxy/$name" != "$r_backend/${server%%/*}" ] || printf '%s' "$current"
  done
}

haproxy_lock() { thing=${r_state_file%/*}; } # the socket changes only its own backend, but all services share the file

haproxy_persist() {
  under_host_lock haproxy_save 2>/dev/null && return 0
  unsaved_why=$why
  # A full disk does not matter where the file holds the wanted state already.
  (
    haproxy_read && live=$snapshot && haproxy_parse <"$r_state_file" && [ "$snapshot" = "$live" ]
  ) 2>/dev/null && return 0
  why=$unsaved_why
  return 1
}

haproxy_save() { # saves all of it, as the file may serve all backends; other services save theirs at the same time
  why="the servers' state could not be saved to $r_state_file"
  saved=$r_state_file.belay-$r_backend
  # Its mode stays what it is.
  if [ -e "$r_state_file" ]; then cp -p "$r_state_file" "$saved" || return 1; fi
  haproxy_ask 'show servers state' >"$saved" || return 1
  case $(head -n 1 "$saved") in 1) mv -f "$saved" "$r_state_file" ;; *) return 1 ;; esac
}

haproxy_tidy() { :; }

haproxy_restore_at_boot() { # before HAProxy starts: restores the state file; changes one that runs already, too
  [ ! -e "$r_state_file" ] || under_host_lock haproxy_restore_file || return 1
  haproxy_read || return 0
  haproxy_known "$snapshot" || return 1
  read -r entries <"$work/before"
  for wanted in $entries; do
    place=" $snapshot"
    place=${place#*" ${wanted%%=*}="}
    place=${wanted%%=*}=${place%% *}
    # Does not wait until it is up: the slots start after this.
    [ "$place" = "$wanted" ] || haproxy_set_one "$place" "$wanted" || return 1
  done
}

haproxy_restore_file() { # only this backend's lines
  haproxy_parse <"$r_state_file" && haproxy_known "$snapshot" || return 1
  saved=$r_state_file.belay-$r_backend
  cp -p "$r_state_file" "$saved" || return 1
  while IFS= read -r line; do
    # shellcheck disable=SC2086
    set -- $line
    if [ "${2-}" = "$r_backend" ]; then
      grep -m 1 "^[0-9]* $r_backend [0-9]* $4 " "$work/state.before" || printf '%s\n' "$line"
    else
      printf '%s\n' "$line"
    fi
  done <"$r_state_file" >"$saved"
  mv -f "$saved" "$r_state_file"
}

haproxy_missing() {
  if ! command -v socat >/dev/null 2>&1; then
    say 'missing tools-missing socat not installed: Belay needs it for the socket of HAProxy'
    return 0
  fi
  if [ ! -S "$r_socket" ]; then
    say "missing proxy-unreadable there is no socket $r_socket"
  elif [ ! -w "$r_socket" ]; then
    say "missing path-not-writable $(id -un) cannot write to the socket $r_socket"
  elif haproxy_validate && haproxy_exclusive; then
    haproxy_config
  else
    say "missing proxy-unreadable $why"
  fi
  for place in "$r_state_file" "${r_state_file%/*}"; do
    [ ! -e "$place" ] || [ -w "$place" ] || say "missing path-not-writable $(id -un) cannot write to $place"
  done
  [ -d "${r_state_file%/*}" ] || say "missing path-not-writable the folder ${r_state_file%/*} does not exist"
}

haproxy_config() { # checks that a reload reads the state file, in the configuration that its process was started with
  process=$(haproxy_ask 'show info' | while read -r word value; do [ "$word" != Pid: ] || printf '%s' "$value"; done)
  files=$(tr '\0' '\n' 2>/dev/null <"/proc/$process/cmdline" | while read -r word; do
    [ "$word" != -f ] || { read -r word && printf '%s ' "$word"; }
  done)
  # shellcheck disable=SC2086 # a list
  text=$(cat $files 2>/dev/null </dev/null) || text=''
  if [ -z "$text" ]; then
    say "notice Belay cannot check whether HAProxy reads $r_state_file when it starts: $(id -un) cannot read its configuration"
    return 0
  fi
  case $text in *server-state-file*) case $text in *load-server-state-from-file*) return 0 ;; esac ;; esac
  say "missing not-persistent a reload of HAProxy would undo the switch: its configuration needs \"server-state-file $r_state_file\" (global) and \"load-server-state-from-file global\" (defaults)"
}

haproxy_by_hand() { # TO FROM
  haproxy_read || return 0
  to=" $snapshot" from=" $snapshot"
  to=${to#*" $1="} from=${from#*" $2="}
  printf '%s' "echo 'set server $r_backend/${to%%/*} state ready; set server $r_backend/${to%%/*} weight $(haproxy_full); set server $r_backend/${from%%/*} weight 0' | socat - UNIX-CONNECT:$r_socket"
}
