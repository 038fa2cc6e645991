# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change
# Where the proxy of this host sends traffic. Which proxy to ask, and how, says the newest move of traffic that was not undone;
# where none is kept any more, .belay/proxy, the note of the last one that was confirmed.

find_proxy() { # sets proxy, the file that says it; false where blue-green-switch never ran here
  proxy=''
  for _ in 1 2 3; do
    for file in "$states"/*.*; do
      case $file in *.undone | *.released) continue ;; esac
      ! change_of "$file" move || proxy=$change
    done
    [ -z "$proxy" ] || return 0
  done
  proxy=$belay/proxy
  [ -e "$proxy" ]
}

active_slots() { # prints the ports that traffic goes to; where that is not known, says why, and returns 1
  why="$belay/proxy does not exist; the first switch that is confirmed notes there which proxy to ask"
  if find_proxy; then
    why="$proxy cannot be read; it says which proxy to ask"
    if read_state "$proxy" && see_traffic; then
      printf '%s\n' "$active"
      return 0
    fi
  fi
  printf '%s\n' "$why" >&2
  return 1
}

ask_active_slots() { # the same within 15 s
  (
    exec 9>&-
    bounded 15 active_slots 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with the reason in unknown; or none,
  unknown='' active=''
  if ! (find_proxy); then
    known=none
    return 0
  fi
  active=$(ask_active_slots)
  case $? in
  0)
    known=yes
    case $active in *:*) known=no unknown="the proxy here sends traffic to $active: give blue-green-switch another folder, by its input path" active='' ;; esac
    ;;
  124) known=no active='' unknown='the proxy did not answer within 15 s' ;;
  *)
    known=no unknown=$(printf '%s\n' "$active" | tail -n 1) active=''
    unknown=${unknown:-to find out: sh $belay/blue-green-switch.sh active}
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

keeps_traffic() { # PORT SECONDS: the same; asks a proxy that does not answer again for so long
  clock
  asked_until=$((now + $2))
  while may_have_traffic "$1"; do
    clock
    if [ "$known" = yes ] || [ "$now" -ge $asked_until ]; then return 0; fi
    pause
  done
  return 1
}

slots_with_traffic() { # sets active, the slots that traffic goes to, by weights
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
  slots_with_traffic
  why="the proxy sends traffic to neither slot ($weights)"
  [ -n "$active" ]
}
