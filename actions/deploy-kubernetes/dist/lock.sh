# shellcheck shell=sh disable=SC2154 # shared with the other files
# The lock of a service on this host: descriptor 9, held by the process that serves a release.

open_lock() { command exec 9>>"$belay/lock"; }

lock_within() { # SECONDS: for writes under the lock that need no process of their own
  open_lock 2>/dev/null || refuse path-not-writable "cannot write $belay/lock"
  clock
  lock_until=$((now + $1))
  until flock -n 9; do
    clock
    [ "$now" -lt $lock_until ] || refuse_held
    pause 9>&-
  done
  find_latest
  [ -z "$name" ] || assert_same_protocol "$name"
}

refuse_held() {
  holder=$(cat "$belay/holder" 2>/dev/null) || holder='the lock is held, and its holder is not known'
  refuse lock-held "$holder"
}

lock_is_free() { # true where no process holds the lock for a release
  [ -e "$belay/lock" ] || return 0
  (
    command exec 9<"$belay/lock" || exit 1
    flock -n 9
  ) 2>/dev/null
}

assert_process_alive() { # without it nothing would release the lock, nor undo the change
  ! lock_is_free || refuse not-held 'its process is gone, and its lock with it; nothing was changed'
}
