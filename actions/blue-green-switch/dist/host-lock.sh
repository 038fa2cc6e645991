# shellcheck shell=sh disable=SC2154,SC2034 # the driver sets thing and why, and r_… come from the change
# The host's lock, across services: one change of a proxy at a time, from its first test to the proof that it is loaded.
# It covers no wait: drain, hold, gates and the confirm timeout are outside of it.
# It is a lock on a file or folder that exists already and that every user who changes this proxy must be able to read; a
# driver's NAME_lock sets it. So it needs no owner, no user can replace it (in /run/lock one could), and two proxies of one
# host never wait for each other. Descriptor 7, read-only; it ends with the process that holds it.

under_host_lock() { # COMMAND…: an undo must not be blocked: it waits less, and continues without the lock
  if ! take_host_lock; then
    [ -n "${returning-}" ] || return 1
    say "phase unlocked $why; the undo continues without the lock"
  fi
  "$@"
  set -- $?
  exec 7<&-
  return "$1"
}

take_host_lock() { # sets why where it is not free in time
  patience=30
  [ -z "${returning-}" ] || patience=10
  clock
  patient_until=$((now + patience))
  until "${r_driver}_lock" && try_host_lock; do
    clock
    if [ "$now" -ge "$patient_until" ]; then
      [ "$why" != held ] ||
        why="another change of this proxy held the host's lock on $thing for $patience s: $(lock_holders)"
      return 1
    fi
    pause
  done
}

try_host_lock() { # sets why, `held` where another process holds it
  why="the host's lock on $thing cannot be opened"
  open_host_lock 2>/dev/null || return 1
  if flock -n 7; then return 0; fi
  exec 7<&-
  why=held
  return 1
}

open_host_lock() { command exec 7<"$thing"; }

lock_holders() { # prints the processes that hold the lock, as far as this user may read them, else those of other switches
  found=$(grep -rls '^lock:' /proc/[0-9]*/fdinfo 2>/dev/null | while read -r entry; do
    process=${entry#/proc/} process=${process%%/*}
    [ "$(readlink "/proc/$process/fd/${entry##*/}" 2>/dev/null)" != "$thing" ] || process_words "$process"
  done)
  if [ -z "$found" ]; then
    found=$(for entry in /proc/[0-9]*; do
      case $(tr '\0' ' ' 2>/dev/null <"$entry/cmdline") in
      *" serve $b_base "* | *" change "*" $b_base "*) ;;
      *'/blue-green-switch.sh change '*) process_words "${entry#/proc/}" ;;
      esac
    done)
  fi
  found=${found:-a process that $(id -un) cannot see}
  printf '%s' "${found% }"
}

process_words() { # PID
  words=$(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | cut -c 1-300)
  printf 'process %s (%s) ' "$1" "${words% }"
}
