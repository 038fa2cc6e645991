# shellcheck shell=sh disable=SC2154,SC2034 # shared with the other files
# Processes and time limits: a child that does not end is left behind, and all its descendants are killed.

descendants() { # PID: prints its children and their children
  for entry in /proc/[0-9]*/stat; do
    { read -r line <"$entry"; } 2>/dev/null || continue
    rest=${line##*) }
    rest=${rest#* }
    if [ "${rest%% *}" = "$1" ]; then
      child=${entry#/proc/}
      child=${child%/stat}
      printf '%s\n' "$child"
      (descendants "$child")
    fi
  done
}

kill_tree() { # PID
  family="$1 $(descendants "$1")"
  kill -TERM $family 2>/dev/null || :
  tries=0
  while kill -0 "$1" 2>/dev/null && [ $tries -lt 10 ]; do
    tries=$((tries + 1))
    pause
  done
  kill -KILL $family 2>/dev/null || :
}

kill_orphans() { # NAME: children of a killed process must not change anything later
  for entry in /proc/[0-9]*; do
    case $(tr '\0' ' ' <"$entry/cmdline" 2>/dev/null) in
    *" serve $b_base $1 " | *" change "*" $b_base $1 "*) kill_tree "${entry#/proc/}" ;;
    esac
  done
}

bounded() { # SECONDS COMMAND…: its status, or 124 where it took longer
  clock
  limit=$((now + $1))
  shift
  (
    exec 7<&-
    "$@"
  ) </dev/null &
  bounded_pid=$! naps=0
  while kill -0 $bounded_pid 2>/dev/null; do
    clock
    if [ "$now" -ge $limit ]; then
      kill_tree $bounded_pid
      return 124
    fi
    nap
  done
  wait $bounded_pid
}

take_signals() { # NAME: from here on a signal wakes this process; only then its number is known to others
  whole_second=''
  sleep 0.001 2>/dev/null 9>&- || whole_second=1
  trap : USR1
  { printf '%s\n' $$ >"$belay/work/$1/pid"; } 2>/dev/null || :
}

doze() { # SECONDS at most; the lock is not its child's
  sleep "${whole_second:-$1}" 9>&- &
  wait $! || :
}

wake() { # NAME: lets the process of a release look at once, if the number that it left is still its own
  line=''
  { read -r pid <"$belay/work/$1/pid"; } 2>/dev/null || return 0
  { IFS= read -r line <"/proc/$pid/cmdline"; } 2>/dev/null || :
  case $line in *".shserve$b_base$1") kill -USR1 "$pid" 2>/dev/null || : ;; esac
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

boot_id() { cat /proc/sys/kernel/random/boot_id; } # a time noted before a reboot means nothing after it
