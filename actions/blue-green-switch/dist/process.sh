# shellcheck shell=sh disable=SC2154 # shared with the other files
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
  # shellcheck disable=SC2086 # a list of numbers
  kill -TERM $family 2>/dev/null || :
  tries=0
  while kill -0 "$1" 2>/dev/null && [ $tries -lt 10 ]; do
    tries=$((tries + 1))
    pause
  done
  # shellcheck disable=SC2086
  kill -KILL $family 2>/dev/null || :
}

kill_orphans() { # NAME: children of a killed process must not change anything later
  for entry in /proc/[0-9]*; do
    case $(tr '\0' ' ' <"$entry/cmdline" 2>/dev/null) in
    *" serve $b_base $1 ") kill_tree "${entry#/proc/}" ;;
    esac
  done
}

bounded() { # SECONDS COMMAND…: its status, or 124 where it took longer
  clock
  limit=$((now + $1))
  shift
  # 7 is the host's lock, where its holder waits here: it must be free as soon as the holder ends.
  (
    exec 7<&-
    "$@"
  ) </dev/null &
  bounded_pid=$!
  while kill -0 $bounded_pid 2>/dev/null; do
    clock
    if [ "$now" -ge $limit ]; then
      kill_tree $bounded_pid
      return 124
    fi
    sleep_short
  done
  wait $bounded_pid
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

boot_id() { cat /proc/sys/kernel/random/boot_id; } # a time noted before a reboot means nothing after it
