# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the values of the planned switch
# HAProxy: what preflight inspects, and the command by hand.

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
  elif [ -n "${absent-}" ]; then
    say "missing server-missing $why"
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

haproxy_by_hand() { # TO FROM, both lists
  haproxy_read || return 0
  orders=''
  for one in $1; do
    to=$r_backend/$(haproxy_server_of "$one")
    orders="$orders; set server $to state ready; set server $to weight $(haproxy_full "$one")"
  done
  for one in $2; do orders="$orders; set server $r_backend/$(haproxy_server_of "$one") weight 0"; done
  printf '%s' "echo '${orders#; }' | socat - UNIX-CONNECT:$r_socket"
}
