# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why and weights go to the caller
# HAProxy: by its runtime socket, the servers of one backend, identified as the slots are. Its facts: r_socket, r_backend,
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

haproxy_slot() { # NAME ADDRESS PORT, as HAProxy has them of a server: sets slot_name, as slot_at, and at, for people
  case $2 in *:*) set -- "$1" "[$2]" "$3" ;; esac
  if has_places; then at=$2:$3; else at="port $3"; fi
  slot_at "$1" "$3" || slot_at "$2" "$3"
}

haproxy_parse() { # of `show servers state` on standard input: sets snapshot and weights; absent is a place without a server
  states_seen=' ' absent=''
  while read -r _ be _ server address operation admin weight _ _ _ _ _ _ _ _ _ dns port _; do
    [ "$be" = "$r_backend" ] || continue
    if [ $((admin & 37)) -ne 0 ]; then mode=maint; elif [ $((admin & 24)) -ne 0 ]; then mode=drain; else mode=ready; fi
    haproxy_slot "$dns" "$address" "$port" || continue
    case $states_seen in *" $slot_name="*)
      why="backend $r_backend has more than one server with $at: one of them would keep its traffic"
      return 1
      ;;
    esac
    states_seen="$states_seen$slot_name=$server/$weight/$mode/$operation "
  done
  snapshot='' weights='' operations=' '
  for slot_name in $r_slots; do
    case $states_seen in *" $slot_name="*) ;; *)
      why="backend $r_backend has no server with port $slot_name"
      if has_places; then absent=$slot_name why="backend $r_backend has no server at $slot_name"; fi
      return 1
      ;;
    esac
    entry=${states_seen#*" $slot_name="}
    entry=${entry%% *}
    snapshot="$snapshot$slot_name=${entry%/*} "
    operations="$operations$slot_name=${entry##*/} "
    entry=${entry%/*} weight=${entry#*/}
    case $weight in */ready) weights="$weights$slot_name=${weight%/*} " ;; *) weights="$weights$slot_name=0 " ;; esac
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
  backups=$(haproxy_ask 'show stat' | cut -d, -f1,2,21 | tr '\n' ' ')
  servers=$(haproxy_ask "show servers state $r_backend")
  while read -r _ be _ server address _ admin weight _ _ _ _ _ _ _ _ _ dns port _; do
    [ "$be" = "$r_backend" ] || continue
    if [ $((admin & 61)) -ne 0 ] || [ "$weight" -eq 0 ]; then continue; fi
    ! haproxy_slot "$dns" "$address" "$port" || continue
    case " $backups" in *" $r_backend,$server,1 "*) continue ;; esac
    why="backend $r_backend also sends traffic to server $server ($at), which is none of the slots $r_slots; give it weight 0 or a backend of its own"
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

haproxy_inflight() { # SLOT…: prints how many requests are with them
  haproxy_read || return 0
  servers=' '
  for slot_name in "$@"; do
    servers="$servers$r_backend/$(haproxy_server_of "$slot_name") "
  done
  haproxy_ask 'show stat' | {
    sum=0
    while IFS=, read -r proxy name _ _ current _; do
      case $servers in *" $proxy/$name "*) sum=$((sum + current)) ;; esac
    done
    printf '%s' $sum
  }
}

haproxy_server_of() { # SLOT: prints the name of its server, as it was read
  named=" $snapshot"
  named=${named#*" $1="}
  printf '%s' "${named%%/*}"
}

haproxy_share() { # SLOT=SERVER/WEIGHT/MODE: prints the weight that it really has
  case $1 in */ready) share=${1#*/} && printf '%s' "${share%/*}" ;; *) printf 0 ;; esac
}
