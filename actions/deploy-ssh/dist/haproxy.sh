# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why and weights go to the caller
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

haproxy_inflight() { # PORT
  haproxy_read || return 0
  server=" $snapshot"
  server=${server#*" $1="}
  haproxy_ask 'show stat' | while IFS=, read -r proxy name _ _ current _; do
    [ "$proxy/$name" != "$r_backend/${server%%/*}" ] || printf '%s' "$current"
  done
}

haproxy_share() { # PORT=SERVER/WEIGHT/MODE: prints the weight that it really has
  case $1 in */ready) share=${1#*/} && printf '%s' "${share%/*}" ;; *) printf 0 ;; esac
}
