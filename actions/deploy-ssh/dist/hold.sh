# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change, b_… as assignments
# hold: begins a change. It opens a transaction: takes the lock, after it completed what a dead process left open. Or, where
# an earlier step of the same job has one open, it joins that.

cmd_hold() {
  refuse_old_layout
  for folder in "$states" "$changes" "$belay/work" "$belay/log" "$belay/records"; do
    [ -d "$folder" ] || mkdir -p "$folder" 2>/dev/null || refuse path-not-writable "cannot make folders in $b_base"
  done
  state=''
  if is_joinable; then
    join_transaction
  else
    refuse_ended
    open_transaction
  fi
  say "committed $c_release"
  say "manifest $c_manifest"
  say "version $c_version"
  say "sha $c_sha"
  say "live $live"
  say "slot $slot"
  say "settled $settled_dead"
}

refuse_old_layout() { # of before a transaction: what is open there only the older Belay can end
  if [ -d "$b_base/switch/.belay/states" ]; then refuse old-layout "$b_base/switch/.belay is of an older Belay"; fi
  [ ! -d "$changes" ] || return 0
  for file in "$states"/*.*; do
    [ ! -e "$file" ] || refuse old-layout "$states is of an older Belay: the values of its releases are not in $changes"
  done
}

is_joinable() { # true where this job has a transaction open here, whose process lives
  [ -n "$b_name" ] || return 1
  state_of "$b_name"
  case $state in held | armed) ;; *) return 1 ;; esac
  ! lock_is_free
}

refuse_ended() { # what this job changed here goes back: a transaction with the same id would hide that from its own post
  case $state in
  armed) refuse went-back 'the process of what this job changed there is gone, so that goes back' ;;
  undoing | undone | mixed) refuse went-back "what this job changed there goes back: its state is $state" ;;
  esac
}

join_transaction() { # the lock is held for this job already
  name=$b_name settled_dead=''
  [ ! -e "$belay/work/$name/$b_change/ordered" ] || refuse lock-held 'this job has made that change already'
  if [ "$b_change" = release ] && { [ -e "$changes/$name.move" ] || [ -e "$changes/$name.claim" ]; }; then
    refuse lock-held 'this job has moved the traffic already, and may still move it back'
  fi
  find_change
  begin_change || {
    drop_change
    refuse disk-full "cannot write in $belay what is changed"
  }
  (umask 077 && : >>"$belay/log/$name.$b_change.log")
  [ "$state" = armed ] || renew_lease
  say "held $name"
}

open_transaction() {
  open_lock 2>/dev/null || refuse path-not-writable "cannot write $belay/lock"
  tries=0
  until flock -n 9; do
    tries=$((tries + 1))
    [ $tries -le 5 ] || refuse_held
    sleep_short
  done
  noted=yes
  write_atomic "$belay/holder" "$b_owner" || noted=no
  recover_dead
  [ $noted = yes ] || refuse disk-full "cannot write in $belay who holds the lock"
  find_change
  find_latest
  sequence=${name%%-*}
  while [ "$sequence" != "${sequence#0}" ]; do sequence=${sequence#0}; done
  name=$(printf '%06d-%s' $((${sequence:-0} + 1)) "$b_id")
  if ! { begin_change && begin_transaction; }; then
    drop_change
    rm -rf "$states/$name.held" "$belay/work/$name"
    refuse disk-full "cannot write in $belay what is released"
  fi
  prune
  renew_lease
  (umask 077 && : >>"$belay/log/$name.log" && : >>"$belay/log/$name.$b_change.log")
  (
    trap '' HUP
    exec sh "$belay/$b_script.sh" serve "$b_base" "$name"
  ) </dev/null >>"$belay/log/$name.log" 2>&1 &
  exec 9>&-
  say "held $name"
}

find_change() { # what the change starts from, and whether it may be made: sets c_…, live, slot and facts
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
  if [ "$b_change" = release ] && [ -s "$belay/contracts" ]; then why=$(incompatibility_of_next); fi
  [ -z "$why" ] || refuse schema-ahead "$why"
}

recover_dead() { # under the lock: the process of an open state is dead; what it left is ended first
  settled_dead=''
  find_latest
  load "$name" || return 0
  ! is_foreign || recover_foreign
  case $state in
  held) transition "$name" held released 'the next release: the process of this one was gone' || : ;;
  armed | undoing)
    undo_dead 'the next release: the process of this one was gone' undo || return 0
    settled_dead="$state $name"
    ;;
  confirmed) finish_confirmed ;;
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

note_traffic() { # NAME: what the runner says of proxies on other hosts, for the processes of that transaction
  [ -z "${b_traffic-}" ] || write_atomic "$belay/work/$1/traffic" "$b_traffic"
}

renew_lease() { # of name
  clock
  write_atomic "$belay/work/$name/lease" $((now + b_lease))
}

begin_change() { # writes its values once, and prepares it
  work=$belay/work/$name/$b_change
  [ "$b_change" != release ] || [ -d "$b_base/releases" ] || mkdir -p "$b_base/releases" || return 1
  rm -rf "$work" && mkdir -p "$work" && note_traffic "$name" || return 1
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
  } >"$changes/.$name.$b_change" || return 1
  sync "$changes/.$name.$b_change" 2>/dev/null || :
  read_state "$changes/.$name.$b_change" && prepare_change && mv -f "$changes/.$name.$b_change" "$changes/$name.$b_change"
}

drop_change() { # of name, which was not ordered
  rm -rf "$changes/.$name.$b_change" "$changes/$name.$b_change" "$belay/work/$name/$b_change"
}

begin_transaction() { # its state file is empty: the name says all
  renew_lease && (: >"$belay/work/$name/unfinished") 2>/dev/null && (: >"$states/$name.held") 2>/dev/null
}
