# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# HAProxy: moves the traffic by weights, and saves them so that a restart keeps them.

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

haproxy_set() { # SLOT=SERVER/WEIGHT/MODE…: first the servers that get more, then, once they are up, those that get less
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
    if [ "$(haproxy_share "$wanted")" -eq 0 ] || is_one_of "${wanted%%=*}" "${dead-}"; then continue; fi
    while haproxy_read; do
      case $operations in *" ${wanted%%=*}=2 "*) continue 2 ;; esac
      clock
      why="HAProxy considers the server of slot ${wanted%%=*} down"
      [ "$now" -lt $up_until ] || return 1
      sleep_short
    done
    return 1
  done
}

haproxy_full() { # SLOT: prints the weight that the active slot of its pair had before: a complete switch gives it to the
  # other one
  if is_one_of "$1" "$r_from"; then former_one=$1; else former_one=$(partner_of "$1"); fi
  read -r entries <"${work-}/before" 2>/dev/null || entries=''
  full=0
  for entry in $entries; do
    if [ "${entry%%=*}" = "$former_one" ]; then full=$(haproxy_share "$entry"); fi
  done
  if [ "$full" -gt 0 ]; then printf '%s' "$full"; else printf 100; fi
}

haproxy_weight() { # SLOT PERCENT: prints the weight that gives it so much of what its pair has
  case $2 in
  0) printf 0 ;;
  100) haproxy_full "$1" ;;
  *)
    total=$(haproxy_total "$1")
    if is_one_of "$1" "$r_from"; then
      printf '%s' $((total - $(haproxy_part "$total" $((100 - $2)))))
    else
      haproxy_part "$total" "$2"
    fi
    ;;
  esac
}

haproxy_part() { # TOTAL PERCENT: prints that part of it, 1 at least: a new slot that gets nothing would not be tried
  part=$((($1 * $2 + 50) / 100))
  if [ $part -gt 0 ]; then printf '%s' $part; else printf 1; fi
}

haproxy_total() { # SLOT: prints what its pair has while both slots have traffic. With one pair only its shares count; with
  # several, all are multiplied by the same number, as far as HAProxy's limit of 256 allows: so shares between pairs stay
  case $r_from in *' '*) ;; *)
    printf 100
    return
    ;;
  esac
  most=1
  for one in $r_from; do
    full=$(haproxy_full "$one")
    [ "$full" -le "$most" ] || most=$full
  done
  printf '%s' $(($(haproxy_full "$1") * (256 / most)))
}

haproxy_apply() { # SLOT=PERCENT…
  haproxy_read || return 1
  wanted_entries=''
  for pair in "$@"; do
    moved=${pair%%=*}
    wanted_entries="$wanted_entries$moved=$(haproxy_server_of "$moved")/$(haproxy_weight "$moved" "${pair#*=}")/ready "
  done
  # shellcheck disable=SC2086 # a list
  haproxy_set $wanted_entries
}

haproxy_restore() {
  read -r entries <"$work/before"
  # shellcheck disable=SC2086 # a list
  haproxy_set $entries
}

haproxy_confirm() { # SLOT=PERCENT…
  haproxy_read || return 1
  for pair in "$@"; do
    pair=${pair%%=*}=$(haproxy_weight "${pair%%=*}" "${pair#*=}")
    case " $weights" in *" $pair "*) ;; *)
      why="HAProxy says $weights, not $*"
      return 1
      ;;
    esac
    case $pair in *=0) continue ;; esac
    ! is_one_of "${pair%%=*}" "${dead-}" || continue
    case $operations in *" ${pair%%=*}=2 "*) ;; *)
      why="HAProxy considers the server of slot ${pair%%=*} down"
      return 1
      ;;
    esac
  done
}

haproxy_lock() { thing=${r_state_file%/*}; } # the socket changes only its own backend, but all services share the file

haproxy_left() { haproxy_inflight "$@"; } # it knows of every request from its first byte on

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
