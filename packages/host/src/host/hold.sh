# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a state file, b_… as assignments
# hold: takes the lock, completes what a dead process left open, begins a release.

cmd_hold() {
  for folder in "$states" "$belay/work" "$belay/log" "$belay/records" "$b_base/releases"; do
    [ -d "$folder" ] || mkdir -p "$folder" 2>/dev/null || refuse path-not-writable "cannot make folders in $b_base"
  done
  open_lock 2>/dev/null || refuse path-not-writable "cannot write $belay/lock"
  tries=0
  # A process that only tests whether it is free holds it for an instant.
  until flock -n 9; do
    tries=$((tries + 1))
    [ $tries -le 5 ] || refuse_held
    sleep_short
  done
  noted=yes
  write_atomic "$belay/holder" "$b_owner" || noted=no
  # Also on a full disk an undo that is due comes first. After that a lock needs an owner that can be written.
  recover_dead
  [ $noted = yes ] || refuse disk-full "cannot write in $belay who holds the lock"
  write_atomic "$belay/$b_script.sh" "$b_text" || refuse disk-full "cannot write in $belay"
  find_committed
  hook_live
  case $live in
  *[[:cntrl:]]*) refuse current-outside "$b_base/current points to a text with a line break in it: $live" ;;
  '' | releases/* | "$b_base"/releases/*) ;;
  *) refuse current-outside "$b_base/current points to $live" ;;
  esac
  hook_slot || refuse "$code" "$why"
  hook_facts || refuse "$code" "$why"
  why=''
  if [ -s "$belay/contracts" ]; then why=$(incompatibility_of_next); fi
  [ -z "$why" ] || refuse schema-ahead "$why"
  sequence=${name%%-*}
  # Leading zeros are removed: in the shell's arithmetic they would make the number octal.
  while [ "$sequence" != "${sequence#0}" ]; do sequence=${sequence#0}; done
  name=$(printf '%06d-%s' $((${sequence:-0} + 1)) "$b_id")
  if ! begin_release "$name"; then
    rm -rf "$states/$name.held" "$states/.$name" "$belay/work/$name"
    refuse disk-full "cannot write in $belay what is released"
  fi
  prune "$b_keep_releases"
  # Pruning may have taken longer than the first lease.
  renew_lease
  # It may later hold lines of the service.
  (umask 077 && : >>"$belay/log/$name.log")
  (
    trap '' HUP
    exec sh "$belay/$b_script.sh" serve "$b_base" "$name"
  ) </dev/null >>"$belay/log/$name.log" 2>&1 &
  exec 9>&-
  say "held $name"
  say "committed $c_release"
  say "manifest $c_manifest"
  say "version $c_version"
  say "sha $c_sha"
  say "live $live"
  say "slot $slot"
  say "settled $settled_dead"
}

recover_dead() { # under the lock: the process of an open state is dead; what it left is ended first
  settled_dead=''
  find_latest
  ! is_foreign || recover_foreign
  case $state in
  held) transition "$name" held released 'the next release: the process of this one was gone' || : ;;
  armed | undoing)
    kill_orphans "$name"
    load "$name" || return 0
    # A confirm may have come first: then that is decided.
    [ "$state" = undoing ] || transition "$name" armed undoing 'the next release: the process of this one was gone' || return 0
    run_undo undo_change
    settled_dead="$state $name"
    ;;
  # Its process was killed between the change and the confirm. A living one without the lock has done this already.
  confirmed) if load "$name"; then finish_confirmed; fi ;;
  esac
}

recover_foreign() { # the script that is kept here began it, and ends it: by its own protocol, and under the lock
  exec 9>&-
  sh "$belay/$r_script.sh" recover restart </dev/null >/dev/null 2>&1 || :
  sh "$belay/$r_script.sh" finish </dev/null >/dev/null 2>&1 || :
  if ! open_lock || ! flock -n 9; then refuse_held; fi
  find_latest
  case $state in armed | undoing) assert_same_protocol "$name" ;; undone | mixed) settled_dead="$state $name" ;; esac
}

renew_lease() {
  clock
  write_atomic "$work/lease" $((now + b_lease))
}

begin_release() { # NAME
  work=$belay/work/$1
  # In a subshell: `:` is a special built-in, whose failed redirection ends a POSIX shell.
  mkdir -p "$work" && renew_lease && (: >"$work/unfinished") 2>/dev/null || return 1
  {
    printf '%s\n' "$b_params"
    print_assignment r_protocol "$b_protocol"
    print_assignment r_script "$b_script"
    print_assignment r_live "$live"
    [ -z "$slot" ] || print_assignment r_slot "$slot"
    [ -z "$facts" ] || printf '%s\n' "$facts"
    print_assignment r_previous "$c_release"
    print_assignment r_previous_manifest "$c_manifest"
    print_assignment r_previous_version "$c_version"
    print_assignment r_previous_sha "$c_sha"
    print_assignment r_whole yes
  } >"$states/.$1" || return 1
  # A state torn by a power cut would block the service here. A sync that knows no file arguments takes longer.
  sync "$states/.$1" 2>/dev/null || :
  read_state "$states/.$1" && prepare_change && mv -f "$states/.$1" "$states/$1.held"
}
