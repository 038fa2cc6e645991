# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change
# Where traffic goes. Of the proxy of this host: which one to ask, and how, says the newest move of traffic that was not undone;
# where none is kept any more, .belay/proxy, the note of the last one that was confirmed. Proxies on other hosts are asked by
# the runner, which says here what they do; .belay/proxies names those that may send traffic here.

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

active_slots() { # [MOVE]: prints the slots that traffic goes to; where that is not known, says why, and returns 1
  why="$belay/proxy does not exist; the first switch that is confirmed notes there which proxy to ask"
  proxy=${1-}
  if [ -e "$proxy" ] || find_proxy; then
    why="$proxy cannot be read; it says which proxy to ask"
    if read_state "$proxy" && r_slots=${b_slots:-$r_slots} && see_traffic; then
      printf '%s\n' "$active"
      return 0
    fi
  fi
  printf '%s\n' "$why" >&2
  return 1
}

ask_active_slots() { # [MOVE]: the same within 15 s
  (
    exec 9>&-
    bounded 15 active_slots "$@" 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with the reason in unknown; or none,
  unknown='' active=''
  hear_traffic
  case $heard in
  '') find_active_here ;;
  new) known=none ;;
  known*) known=yes active=${heard#known} active=${active# } ;;
  *) known=no unknown="the proxies are on other hosts: $(cat "$belay/proxies" 2>/dev/null)" ;;
  esac
}

hear_traffic() { # sets heard, what the runner last said of proxies on other hosts: `known SLOT…`, `new` where Belay never moved
  heard=${said_traffic-}
  [ -z "$heard" ] || return 0
  if [ -n "${work-}" ] && [ -e "${work%/*}/traffic" ]; then
    read -r heard <"${work%/*}/traffic" || heard=unknown
  elif [ -e "$belay/proxies" ]; then
    heard=unknown
  fi
}

names_all_proxies() { # false, with code and why, where a step does not name every proxy that may send traffic here (proxies)
  if [ -z "$proxies" ]; then return 0; fi
  code='proxy-unasked'
  why="a proxy on this host itself has the traffic of $b_base"
  if [ ! -e "$belay/proxies" ] && (find_proxy); then return 1; fi
  former=$(cat "$belay/proxies" 2>/dev/null) || former=''
  for named in $former; do
    why="$named may send traffic to $b_base, and proxy-hosts does not name it"
    is_one_of "$named" "$proxies" || return 1
  done
}

find_active_here() { # the same, of the proxy on this host
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
    if [ "$known" = yes ] || [ -n "$heard" ] || [ "$now" -ge $asked_until ]; then return 0; fi
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

cmd_traffic() { # of a proxy before other hosts: which of b_slots get its traffic
  [ "$b_recover" != yes ] || recover_lost
  proxy=${b_name:+$changes/$b_name.move}
  if [ ! -e "$proxy" ] && ! find_proxy; then
    say 'traffic none'
    return 0
  fi
  active=$(ask_active_slots "$proxy")
  case $? in
  0) say "traffic yes $active" ;;
  124) say 'traffic no the proxy did not answer within 15 s' ;;
  *) say "traffic no $(printf '%s\n' "$active" | tail -n 1)" ;;
  esac
}

recover_lost() { # what a lost run left open here is undone first; where a run is at work, its traffic may still go back
  find_latest
  case $state in held | armed | undoing) ;; *) return 0 ;; esac
  open_lock 2>/dev/null || refuse path-not-writable "cannot write $belay/lock"
  flock -n 9 || refuse_held
  recover_dead
  exec 9>&-
}
