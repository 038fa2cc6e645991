# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a state file
# Where the proxy of this host sends traffic. The last switch noted in switch/.belay/proxy which proxy to ask, and how.

at_base() { # BASE FUNCTION ARGUMENT…: calls it for that base; no value of one release reaches the other
  (
    b_base=$1 loaded=''
    layout
    shift
    "$@"
  )
}

in_switch() { at_base "$b_base/switch" "$@"; } # FUNCTION ARGUMENT…: for the switches of this service

in_service() { at_base "${b_base%/switch}" "$@"; } # FUNCTION ARGUMENT…: from a switch, for its service

switch_was_here() { [ -e "$b_base/switch/.belay/blue-green-switch.sh" ]; }

switch_is_open() { # true while traffic is being moved, or may still go back
  switch_was_here && in_switch release_is_open
}

release_is_open() {
  find_latest
  case $state in held | armed | undoing) ;; *) return 1 ;; esac
  ! lock_is_free
}

active_slots() { # prints the ports that traffic goes to; where that is not known, says why, and returns 1
  why="$belay/proxy cannot be read; the last switch noted there which proxy to ask"
  if read_state "$belay/proxy" && see_traffic; then
    printf '%s\n' "$active"
    return 0
  fi
  printf '%s\n' "$why" >&2
  return 1
}

ask_active_slots() { # the same for a service, within 15 s
  (
    exec 9>&-
    bounded 15 in_switch active_slots 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with the reason in unknown; or none,
  unknown='' active=''
  if ! switch_was_here; then
    known=none
    return 0
  fi
  active=$(ask_active_slots)
  case $? in
  0) known=yes ;;
  124) known=no active='' unknown='the proxy did not answer within 15 s' ;;
  *)
    known=no unknown=$(printf '%s\n' "$active" | tail -n 1) active=''
    unknown=${unknown:-to find out: sh $b_base/switch/.belay/blue-green-switch.sh active}
    ;;
  esac
}

may_have_traffic() { # PORT: true unless it is certain that no traffic goes there; sets why
  find_active
  case $known in
  none) return 1 ;;
  no) why="it is not known whether traffic goes to slot $1 ($unknown)" ;;
  yes)
    case " $active " in *" $1 "*) ;; *) return 1 ;; esac
    why="traffic goes to slot $1"
    ;;
  esac
}

keeps_traffic() { # PORT: the same; asks a proxy that does not answer again for 15 s
  clock
  asked_until=$((now + 15))
  while may_have_traffic "$1"; do
    clock
    if [ "$known" = yes ] || [ "$now" -ge $asked_until ]; then return 0; fi
    pause
  done
  return 1
}

ports_with_traffic() { # sets active, the ports that traffic goes to, by weights
  active=''
  for pair in $weights; do
    case $pair in *=0) ;; *) active="$active ${pair%%=*}" ;; esac
  done
  active=${active# }
}

see_traffic() { # sets active; waits up to 3 s for a reload that has just begun
  clock
  active_until=$((now + 3))
  until "${r_driver}_read" 2>/dev/null && "${r_driver}_loaded" 2>/dev/null; do
    clock
    [ "$now" -lt $active_until ] || return 1
    pause
  done
  ports_with_traffic
  why="the proxy sends traffic to neither slot ($weights)"
  [ -n "$active" ]
}
