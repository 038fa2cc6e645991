# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from the change
# Services with two slots: what is in a slot, which one is idle. The release's values for it are r_slots (both ports),
# r_slot (the one chosen under the lock), r_stop, r_activate, r_deactivate; in r_restart, r_check and these, {slot} stands
# for the port.

slots_wanted() { # prints both ports of the inspected or running release; nothing where it has no slots
  (
    r_slots=''
    eval "${b_params-}"
    printf '%s' "$r_slots"
  )
}

hook_live() { # with slots, the release with the traffic is live, and is what was committed
  slots=$(slots_wanted)
  if [ -z "$slots" ]; then
    live=$(readlink "$b_base/current" 2>/dev/null) || live=''
    return 0
  fi
  live=''
  find_active
  for port in $active; do
    id=$(release_in "$port")
    [ -z "$id" ] || live=releases/$id
  done
  [ -z "$live" ] || use_committed "${live#releases/}"
}

use_committed() { # RELEASE: takes the release with the traffic as the committed one, if it ever was confirmed
  facts=$(
    file=$(confirmed_with "$1" | tail -n 1)
    [ -z "$file" ] || ! read_state "$file" || printf '%s' "$r_manifest|$r_sha|$r_version"
  )
  [ -n "$facts" ] || return 0
  c_release=$1 c_manifest=${facts%%|*} facts=${facts#*|}
  c_sha=${facts%%|*} c_version=${facts#*|}
}

hook_slot() { # sets slot, the idle one
  slot=''
  slots=$(slots_wanted)
  [ -n "$slots" ] || return 0
  names_all_proxies || return 1
  find_active
  code=no-idle-slot
  case $known in
  no)
    code='active-unknown'
    why="it is not known where traffic goes: $unknown"
    return 1
    ;;
  none) why="something listens on both ports, $slots, and blue-green-switch never ran here: it is not known where traffic goes" ;;
  yes) why="traffic goes to both slots, $active" ;;
  esac
  resting=''
  for port in $slots; do
    case " $active " in *" $port "*) continue ;; esac
    if ! listens "$port"; then
      slot=$port
      [ "$known" = none ] || return 0
    fi
    [ -n "$resting" ] || resting=$port
  done
  if [ -n "$slot" ]; then return 0; fi
  [ "$known" = yes ] || return 1
  slot=$resting
  [ -n "$slot" ]
}

listens() { # PORT: whether it takes a connection, at the address of the check
  url=$(
    r_check_kind=''
    eval "${b_params-}"
    [ "$r_check_kind" != url ] || at_slot "$1" "$r_check"
  )
  if [ -n "$url" ] && command -v curl >/dev/null 2>&1; then
    curl -s -o /dev/null -m 3 "$url"
    [ $? -ne 7 ]
    return
  fi
  port_listens "$1"
}

hook_used_releases() {
  for link in "$b_base"/slots/*; do
    [ ! -L "$link" ] || release_in "${link##*/}"
    printf '\n'
  done
}

hook_inspect() { # slot PORT TRAFFIC TOLD RELEASE
  (
    eval "${b_params-}"
    [ -z "${r_restart_kind-}" ] || inspect_service
  )
  slots=$(slots_wanted)
  [ -n "$slots" ] || return 0
  say "fact live $live"
  if hook_slot; then say "fact slot $slot"; else say "fact no-slot $code $why"; fi
  for port in $slots; do
    traffic=no
    case $known in yes) case " $active " in *" $port "*) traffic=yes ;; esac ;; *) traffic=unknown ;; esac
    told=$(cat "$b_base/slots/$port.state" 2>/dev/null) || told=-
    say "slot $port $traffic ${told:--} $(release_in "$port")"
  done
}
