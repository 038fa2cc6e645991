# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, weights from the proxy, why goes to the caller
# The pairs of slots (r_slots): which one of each has the traffic, and what each of them gets.

read_pairs() { # what the proxy really does: sets weights and active; else code and why
  code=proxy-unreadable
  if ! "${r_driver}_read"; then
    [ -z "${absent-}" ] || code=server-missing
    return 1
  fi
  "${r_driver}_loaded" && "${r_driver}_exclusive" || return 1
  slots_with_traffic
}

find_pairs() { # sets from, the slots that have the traffic, and slot, the other one of each pair; else code and why
  from='' slot=''
  # shellcheck disable=SC2086 # a list
  set -- $r_slots
  while [ $# -ge 2 ]; do
    find_pair "$1" "$2" || return 1
    shift 2
  done
  from=${from# } slot=${slot# }
}

find_pair() { # SLOT SLOT
  if is_one_of "$1" "$active"; then
    code=traffic-split why="traffic goes to both $1 and $2 ($weights)"
    ! is_one_of "$2" "$active" || return 1
    from="$from $1" slot="$slot $2"
  elif is_one_of "$2" "$active"; then
    from="$from $2" slot="$slot $1"
  else
    code=traffic-split why="traffic goes to neither $1 nor $2 ($weights)"
    # The file of nginx names only what has traffic: here it does not name this server at all.
    if has_places && [ "$r_driver" = nginx ]; then code=server-missing why="$r_upstream/active.conf names neither $1 nor $2"; fi
    return 1
  fi
}

alive_slots() { # prints for each of from whether it runs. One that did not run before need not answer when traffic returns
  alive=''
  running=$(running_slots "$from")
  for one in $from; do
    # A crashed slot that holds a release counts: traffic must not go back there before it answers.
    if is_one_of "$one" "$running" || holds "$one"; then
      alive="$alive yes"
    else
      alive="$alive no"
    fi
  done
  printf '%s' "${alive# }"
}

former_slots() { # prints those of r_from that ran when the switch began
  former=''
  # shellcheck disable=SC2086 # a list
  set -- ${r_from_alive-yes}
  for one in $r_from; do
    [ "${1-yes}" != yes ] || former="$former $one"
    [ $# -eq 0 ] || shift
  done
  printf '%s' "${former# }"
}

partner_of() { # SLOT: prints the other one of its pair
  known_one=$1
  # shellcheck disable=SC2086 # a list
  set -- $r_slots
  while [ $# -ge 2 ]; do
    case $known_one in "$1") printf '%s' "$2" ;; "$2") printf '%s' "$1" ;; esac
    shift 2
  done
}

shares() { # PERCENT: sets shares, SLOT=PERCENT of all slots, where the new ones have so much: 0 is how it was before
  shares=''
  for one in $r_from; do shares="$shares $one=$((100 - $1))"; done
  for one in $r_slot; do shares="$shares $one=$1"; done
}
