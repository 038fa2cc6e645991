# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from a change, b_… as assignments
# The commands of the runner for a change that began, and what a boot does.

cmd_hello() { :; }

cmd_renew() {
  state_of "$b_name"
  case $state in
  held)
    assert_process_alive
    name=$b_name
    renew_lease || :
    ;;
  armed) assert_process_alive ;;
  esac
  say "state $state"
}

cmd_arm() { # from here on the host rolls back on its own unless it is confirmed; the last confirm timeout counts
  [ -n "$b_name" ] || refuse not-held 'it holds no lock for this release'
  assert_process_alive
  state_of "$b_name"
  case $state in held | armed) ;; *) refuse_not_held ;; esac
  clock
  until=$((now + b_confirm_timeout))
  { write_atomic "$belay/work/$b_name/deadline" $until && (: >"$belay/work/$b_name/$b_change/ordered"); } 2>/dev/null ||
    refuse disk-full 'cannot write the confirm timeout'
  transition "$b_name" held armed "$b_by" || refuse_not_held
  wake "$b_name"
  follow
  if lock_is_free; then
    say_state
    [ "$state" != armed ] || say 'state dead'
  fi
}

refuse_not_held() {
  refuse_if_back
  refuse not-held "its state is ${state:-gone}: the lock was released before the switch"
}

refuse_if_back() { # where the confirm timeout has ended, what follows from it is not the reason
  state_of "$b_name"
  case $state in
  undoing | undone | mixed) refuse went-back "what this job changed there goes back: its state is $state" ;;
  esac
}

follow() { # prints the lines of the change until it is complete, the transaction has ended, or b_wait seconds have passed
  clock
  follow_until=$((now + b_wait)) looks=0 naps=0
  command exec 8<"$belay/log/$b_name.$b_change.log" || refuse gone "no log of $b_name"
  while load "$b_name"; do
    seen=$state
    through=no
    if [ "$b_command" = arm ] && [ -e "$transaction/$b_change/passed" ]; then through=yes; fi
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
  open_lock || return 0
  if flock -n 9; then recover_dead; fi
  exec 9>&-
  return 1
}

say_state() { # of the change: where another one of its transaction could not be undone, this one may be
  load "$b_name" || return 0
  [ "$state" != mixed ] || [ ! -e "$transaction/${b_change-}/undone" ] || state=undone
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

cmd_confirm() { # only complete changes, and all of them
  state_of "$b_name"
  if [ "$state" = armed ] && ! is_complete; then
    say 'state armed'
    say 'who its change is not complete, so there is nothing to confirm'
    return 0
  fi
  transition "$b_name" armed confirmed "$b_by" || :
  say_state
  [ "$state" = confirmed ] || return 0
  write_atomic "$belay/records/$b_name.jsonl" "$b_record" || :
  if lock_is_free; then (host_finish) || :; fi
  wake "$b_name"
  say_elsewhere
}

say_elsewhere() { # what a person has led elsewhere since the change did: there it stays
  (
    find_latest
    [ "$name" = "$b_name" ] || exit 0
    if read_state "$changes/$b_name.release"; then
      link=current ours=releases/$r_release
      [ -z "$r_slot" ] || link=slots/$r_slot ours=../releases/$r_release
      here=$(readlink "$b_base/$link" 2>/dev/null) || here=''
      [ "$here" = "$ours" ] || say "elsewhere $link leads to \"$here\""
    fi
    if read_state "$changes/$b_name.move"; then
      active=$(bounded 8 sh "$belay/$r_script.sh" active 2>/dev/null) || exit 0
      [ "$active" = "$r_slot" ] || say "elsewhere traffic goes to $active"
    fi
  )
}

is_complete() {
  for kind in $kinds; do
    if [ -e "$belay/work/$b_name/$kind/ordered" ] && [ ! -e "$belay/work/$b_name/$kind/passed" ]; then return 1; fi
  done
}

cmd_undo() { # of the whole transaction, unless this change was not ordered: then only this one is forgotten
  if [ -z "$b_name" ]; then
    say 'state none'
    return 0
  fi
  state_of "$b_name"
  case $state in
  armed | undoing)
    if [ ! -e "$belay/work/$b_name/$b_change/ordered" ]; then
      name=$b_name
      [ ! -e "$changes/$name.$b_change" ] || run_change ended "$b_change" || :
      drop_change
      say 'state released'
      return 0
    fi
    ;;
  esac
  note_traffic "$b_name" 2>/dev/null || :
  transition "$b_name" held released "$b_by" || transition "$b_name" armed undoing "$b_by" || :
  wake "$b_name"
  follow
  tries=0 naps=0
  while ! lock_is_free && [ $tries -lt 150 ]; do
    tries=$((tries + 1))
    nap
  done
  ! is_unfinished || finish_undo
}

is_unfinished() { # true where an undo kept something only for want of the word that came now (rule 10)
  case ${b_traffic-} in known*) ;; *) return 1 ;; esac
  find_latest
  [ "$name $state" = "$b_name mixed" ]
}

finish_undo() {
  open_lock || return 0
  if flock -n 9 && transition "$b_name" mixed undoing "$b_by" && load "$b_name"; then
    run_undo undo
    say_state
  fi
  exec 9>&-
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
    way=undo-at-boot
    [ "$1" != restart ] || way=undo
    undo_dead 'the boot' $way || exit 0
    ;;
  esac
}
