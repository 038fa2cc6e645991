# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# A release without slots: `current` moves by one rename, and the undo is another one.

prepare_current() { # both links are made now: the undo is one rename, which needs no room
  make_link forward current "releases/$r_release" &&
    { [ -z "$c_release" ] || make_link back current "releases/$c_release"; }
}

# Compare and set (rule 5).
move_link() { # LINK TO FROM: moves current to release TO, if it still is FROM (the text of the link, empty for none)
  here=$(readlink "$b_base/current" 2>/dev/null) || here=''
  if [ "$here" != "$3" ]; then
    why="current is \"$here\", not \"$3\" as this release left it: it was changed from outside, and Belay leaves it as it is"
    return 1
  fi
  if [ -z "$2" ]; then
    rm -f "$b_base/current"
    return
  fi
  if [ ! -d "$b_base/releases/$2" ]; then
    why="releases/$2 does not exist any more"
    return 1
  fi
  why="current could not be moved to $2"
  # One rename everywhere; `ln -sfn` unlinks first on busybox (docs/research/hosts.md#swapping-a-link).
  [ -L "$work/$1/current" ] || make_link "$1" current "releases/$2" && mv -f "$work/$1/current" "$b_base/"
}

swap_current() {
  note_failing_checks
  say 'phase swap'
  # Before the swap: after a kill, the undo must know that it may have been done.
  if ! (: >"$work/swapped") 2>/dev/null; then
    say 'failed swap the disk is full'
    return 1
  fi
  if ! move_link forward "$r_release" "$r_live"; then
    rm -f "$work/swapped"
    say "failed swap $why"
    return 1
  fi
  start_new
}

undo_swap() {
  if [ ! -e "$work/swapped" ]; then return 0; fi
  say 'phase undo'
  if ! move_link_back; then
    say "undo-failed $why"
    return 1
  fi
  if ! restart "$r_previous"; then
    say "undo-failed ${r_previous:-no release} is restored, but the restart failed: $why"
    return 1
  fi
  if [ -z "$r_previous" ] || check_previous; then return 0; fi
  failed_why=$why
  if [ ! -e "$work/passed" ]; then
    if [ -e "$work/was-failing" ]; then
      say "back $r_previous is restored, and fails its check as it did before this release ($failed_why)"
      return 0
    fi
    say "undo-failed $r_previous is restored, but fails its check: $failed_why"
    return 1
  fi
  # The previous release does not work any more and the new one did: traffic belongs where it is served (rule 11).
  if move_link forward "$r_release" "releases/$r_previous" && restart "$r_release" &&
    check "$r_sha" "$r_previous_sha"; then
    say "undo-failed $r_previous failed its check after the rollback ($failed_why): $r_release was started again and passes"
  else
    say "undo-failed neither $r_previous ($failed_why) nor $r_release ($why) passes its check any more"
  fi
  return 1
}

undo_swap_at_boot() {
  if [ ! -e "$work/swapped" ]; then return 0; fi
  move_link_back || {
    say "undo-failed $why"
    return 1
  }
}

move_link_back() { # an undo that was killed between its rename and its restart finds the link restored already
  here=$(readlink "$b_base/current" 2>/dev/null) || here=''
  case $here in
  "$r_live") [ "$r_live" != "releases/$r_release" ] || move_link back "$r_previous" "$r_live" ;;
  "releases/$r_previous") ;;
  *) move_link back "$r_previous" "releases/$r_release" ;;
  esac
}
