# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# Filling the idle slot: `slots/PORT` leads to the release. A fill moves no users. Its process still waits for a confirm,
# with a time limit: while it lives, the lock keeps others out of the slot. If the runner is lost, no unproved release
# stays running there. A switch of the same job joins it; that is undone first.

prepare_slot() { # both links are made now: the undo is one rename, which needs no room
  was=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || was=''
  mkdir -p "$b_base/slots" && write_atomic "$work/was" "$was" && make_link forward "$r_slot" "../releases/$r_release" &&
    { [ -z "$was" ] || make_link back "$r_slot" "$was"; }
}

move_slot_link() { # LINK TEXT FROM: moves the slot's link, if it still is FROM; TEXT is empty for none
  here=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || here=''
  if [ "$here" != "$3" ]; then
    why="slots/$r_slot is \"$here\", not \"$3\" as this release left it: it was changed from outside, and Belay leaves it as it is"
    return 1
  fi
  if [ -z "$2" ]; then
    rm -f "$b_base/slots/$r_slot"
    return
  fi
  why="slots/$r_slot could not be moved to $2"
  [ -L "$work/$1/$r_slot" ] || make_link "$1" "$r_slot" "$2" && mv -f "$work/$1/$r_slot" "$b_base/slots/"
}

is_warm() { # the slot holds this release already, running and healthy
  [ "$(readlink "$b_base/slots/$r_slot" 2>/dev/null)" = "../releases/$r_release" ] && answers_now
}

fill_slot() {
  use_slot "$r_slot"
  if is_warm; then
    say 'phase check'
    return 0
  fi
  say 'phase link'
  if may_have_traffic "$r_slot"; then
    say "failed fill $why"
    return 1
  fi
  if taken_by_stranger; then
    say "failed fill something other than $r_restart answers at $r_check: stop it, or give other slots"
    return 1
  fi
  [ -z "$heard" ] || follow_traffic
  if ! { (: >"$work/swapped") && write_atomic "$b_base/slots/$r_slot.state" idle; } 2>/dev/null; then
    say 'failed fill the disk is full'
    return 1
  fi
  read -r was <"$work/was" || was=''
  if ! move_slot_link forward "../releases/$r_release" "$was"; then
    rm -f "$work/swapped"
    say "failed fill $why"
    return 1
  fi
  start_new
}

follow_traffic() { # where the proxies are elsewhere, a lost run may have left the roles of the other way round (rule 17), and no
  for port in $active; do
    [ "$(cat "$b_base/slots/$port.state" 2>/dev/null)" = active ] || (slot_set_role "$port" active) >/dev/null 2>&1 || :
  done
  driver disable || :
}

taken_by_stranger() { # true where another process answers: its answers would be taken for those of the release
  [ "$r_check_kind" = url ] && command -v curl >/dev/null 2>&1 && driver is_stopped || return 1
  curl -s -o /dev/null -m 3 "$r_check"
  [ $? -ne 7 ]
}

undo_fill() { # the undo: stops the slot and restores its link
  if [ ! -e "$work/swapped" ]; then return 0; fi
  say 'phase undo'
  use_slot "$r_slot"
  patience=15
  case $(cat "${work%/*}/who" 2>/dev/null) in 'the confirm timeout'* | 'the boot') patience=60 ;; esac
  if keeps_traffic "$r_slot" $patience; then
    say "undo-failed $why: the slot keeps running with $r_release. Once traffic goes elsewhere, stop it by hand: sh $belay/$r_script.sh stop $r_slot${heard:+ no-traffic}"
    return 1
  fi
  read -r was <"$work/was" || was=''
  here=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || here=''
  case $here in
  "$was" | "../releases/$r_release") ;;
  *)
    say "undo-failed slots/$r_slot is \"$here\": it was changed from outside, and Belay leaves it as it is"
    return 1
    ;;
  esac
  if ! driver stop; then
    say "undo-failed slot $r_slot has no traffic, but could not be stopped"
    return 1
  fi
  if [ "$here" != "$was" ] && ! move_slot_link back "$was" "$here"; then
    say "undo-failed $why"
    return 1
  fi
  driver restore || {
    say "undo-failed $why"
    return 1
  }
}

undo_fill_at_boot() { # nothing is started yet, and the proxy cannot be asked: the role that a switch gave the slot decides
  if [ ! -e "$work/swapped" ]; then return 0; fi
  hear_traffic
  if [ "$heard" = unknown ]; then
    say "undo-failed proxies on other hosts may send traffic to slot $r_slot: the slot keeps $r_release"
    return 1
  fi
  if [ "$(cat "$b_base/slots/$r_slot.state" 2>/dev/null)" = active ]; then
    say "undo-failed traffic was switched to slot $r_slot: the slot keeps $r_release"
    return 1
  fi
  write_atomic "$b_base/slots/$r_slot.state" idle 2>/dev/null || :
  (use_slot "$r_slot" && driver skip_boot) || :
  read -r was <"$work/was" || was=''
  [ "$(readlink "$b_base/slots/$r_slot" 2>/dev/null)" = "$was" ] ||
    move_slot_link back "$was" "../releases/$r_release" || {
    say "undo-failed $why"
    return 1
  }
}
