# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from a state file, b_… as assignments
# The commands of the runner for a release that began, and what a boot does.

cmd_hello() { :; }

cmd_renew() {
  state_of "$b_name"
  work=$belay/work/$b_name
  if [ "$state" = held ]; then
    assert_process_alive
    renew_lease || :
  fi
  say "state $state"
}

cmd_arm() { # from here on the host rolls back on its own unless it is confirmed
  [ -n "$b_name" ] || refuse not-held 'it holds no lock for this release'
  assert_process_alive
  clock
  write_atomic "$belay/work/$b_name/deadline" $((now + b_confirm_timeout)) || refuse disk-full 'cannot write the confirm timeout'
  if ! transition "$b_name" held armed "$b_by"; then
    state_of "$b_name"
    refuse not-held "its state is ${state:-gone}: the lock was released before the switch"
  fi
  wake "$b_name"
  follow
  if lock_is_free; then
    say_state
    [ "$state" != armed ] || say 'state dead'
  fi
}

follow() { # prints the lines of the process until its change is complete, it has ended, or b_wait seconds have passed
  clock
  follow_until=$((now + b_wait)) looks=0 naps=0
  command exec 8<"$belay/log/$b_name.log" || refuse gone "no log of $b_name"
  while load "$b_name"; do
    seen=$state
    through=no
    if [ "$b_command" = arm ] && [ -e "$work/passed" ]; then through=yes; fi
    while IFS= read -r line <&8; do
      case $line in '@belay '*) printf '%s\n' "$line" ;; esac
    done
    case $seen in confirmed | released | undone | mixed) break ;; esac
    if [ $through = yes ]; then
      say worked
      break
    fi
    clock
    [ "$now" -lt $follow_until ] || break
    if [ $((looks % 50)) -eq 0 ]; then process_is_gone && break; fi
    looks=$((looks + 1))
    nap
  done
  say_state
}

process_is_gone() { # true where the process of an open state is gone; an ordered undo is then done by this session
  lock_is_free || return 1
  [ "$b_command" = undo ] || return 0
  if ! command -v undo_change >/dev/null; then
    sh "$belay/$r_script.sh" recover restart </dev/null >/dev/null 2>&1 || :
    return 1
  fi
  open_lock || return 0
  if flock -n 9; then recover_dead; fi
  exec 9>&-
  return 1
}

say_state() {
  load "$b_name" || return 0
  say "state $state"
  say "who $r_who"
}

cmd_ask() { # armed means: the file says so, and the process that would undo it is alive
  state_of "$b_name"
  if [ "$state" = armed ]; then
    (: >"$belay/work/$b_name/prolonged") 2>/dev/null || :
    state_of "$b_name"
    if [ "$state" = armed ] && lock_is_free; then state=dead; fi
  fi
  say "state ${state:-gone}"
}

cmd_confirm() { # only a complete change
  state_of "$b_name"
  if [ "$state" = armed ] && [ ! -e "$belay/work/$b_name/passed" ]; then
    say 'state armed'
    say 'who its change is not complete, so there is nothing to confirm'
    return 0
  fi
  transition "$b_name" armed confirmed "$b_by" || :
  say_state
  [ "$state" = confirmed ] || return 0
  write_atomic "$belay/records/$b_name.jsonl" "$b_record" || :
  if lock_is_free && [ -e "$belay/$r_script.sh" ]; then
    sh "$belay/$r_script.sh" finish </dev/null >/dev/null 2>&1 || :
  fi
  wake "$b_name"
}

cmd_undo() {
  if [ -z "$b_name" ]; then
    say 'state none'
    return 0
  fi
  transition "$b_name" held released "$b_by" || transition "$b_name" armed undoing "$b_by" || :
  wake "$b_name"
  follow
  tries=0 naps=0
  while ! lock_is_free && [ $tries -lt 150 ]; do
    tries=$((tries + 1))
    nap
  done
}

cmd_recover() { # [restart]: after a reboot restores the confirmed release, before the service starts, or with a restart
  open_lock || exit 0
  tries=0
  until flock -n 9; do
    find_latest
    case $state in undoing) most=300 ;; *) most=10 ;; esac
    tries=$((tries + 1))
    [ $tries -lt $most ] || exit 0
    pause
  done
  find_latest
  case $state in
  held) transition "$name" held released 'the boot' || : ;;
  armed | undoing)
    load "$name" || exit 1
    [ "$state" = undoing ] || transition "$name" armed undoing 'the boot' || exit 0
    if [ "$1" = restart ]; then run_undo undo_change; else run_undo undo_change_at_boot; fi
    ;;
  esac
}
