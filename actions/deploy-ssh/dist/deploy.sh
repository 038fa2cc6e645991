# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the release's state file, the rest from host.sh
# deploy-ssh's part: swaps `current` by one rename, restarts the service, and runs the host's own check.
# Its facts come from the release's state file as r_…: release, previous, live, restart_kind, restart, check_kind,
# check, check_timeout; restart and check commands are lists of quoted words. With slots slots.sh does it instead.

prepare_change() {
  { if [ -n "$r_slot" ]; then prepare_slot && use_slot "$r_slot"; else prepare_current; fi; } && driver prepare
}

prepare_current() { # both links are made now: the undo is one rename, which needs no room
  make_link forward current "releases/$r_release" &&
    { [ -z "$c_release" ] || make_link back current "releases/$c_release"; }
}

make_link() { # FOLDER NAME TEXT
  rm -rf "${work:?}/$1"
  mkdir -p "$work/$1" && ln -s "$3" "$work/$1/$2"
}

# Compare and set (rule 5).
point() { # LINK TO FROM: moves current to release TO, if it still is FROM (the text of the link, empty for none)
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

find_facts() {
  facts=$(
    eval "$b_params"
    driver facts
  ) && return 0
  code=${facts%% *} why=${facts#* }
  return 1
}

after_end() {
  [ -z "$r_slot" ] || use_slot "$r_slot"
  driver tidy
}

restart() { # RELEASE, empty for none: then what runs it is stopped; sets why
  driver restart "$1" || return 1
  [ -z "$1" ] || driver began
}

tell_tail() { # prints the last log lines of the service, so that people can find out why it does not run
  driver unread </dev/null | while IFS= read -r line; do
    say "unread $line"
  done
  driver tail 2>&1 </dev/null | tr -d '\r' | while IFS= read -r line; do
    say "tail $line"
  done
}

do_change() {
  if [ -n "$r_slot" ]; then fill_slot; else swap_current; fi
}

undo_change() {
  if [ -n "$r_slot" ]; then leave_idle; else swap_back; fi
}

undo_change_at_boot() {
  if driver booted; then undo_change; elif [ -n "$r_slot" ]; then leave_idle_at_boot; else swap_back_at_boot; fi
}

start_new() { # starts the new release until it passes its check; else reports what failed, with the service's last lines
  say 'phase restart'
  if ! restart "$r_release"; then
    tell_tail
    say "failed restart $why"
    return 1
  fi
  say 'phase check'
  check "$r_sha" "$r_previous_sha" || {
    tell_tail
    if [ -e "$work/failed-before" ]; then why="$why; $r_previous failed this check too, before anything was changed"; fi
    say "failed check $why"
    return 1
  }
}

swap_current() {
  note_live
  say 'phase swap'
  # Before the swap: after a kill, the undo must know that it may have been done.
  if ! (: >"$work/swapped") 2>/dev/null; then
    say 'failed swap the disk is full'
    return 1
  fi
  if ! point forward "$r_release" "$r_live"; then
    rm -f "$work/swapped"
    say "failed swap $why"
    return 1
  fi
  start_new
}

swap_back() {
  if [ ! -e "$work/swapped" ]; then return 0; fi
  say 'phase undo'
  if ! point_back; then
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
  if point forward "$r_release" "releases/$r_previous" && restart "$r_release" &&
    check "$r_sha" "$r_previous_sha"; then
    say "undo-failed $r_previous failed its check after the rollback ($failed_why): $r_release was started again and passes"
  else
    say "undo-failed neither $r_previous ($failed_why) nor $r_release ($why) passes its check any more"
  fi
  return 1
}

swap_back_at_boot() {
  if [ ! -e "$work/swapped" ]; then return 0; fi
  point_back || {
    say "undo-failed $why"
    return 1
  }
}

point_back() { # an undo that was killed between its rename and its restart finds the link restored already
  here=$(readlink "$b_base/current" 2>/dev/null) || here=''
  case $here in
  "$r_live") [ "$r_live" != "releases/$r_release" ] || point back "$r_previous" "$r_live" ;;
  "releases/$r_previous") ;;
  *) point back "$r_previous" "releases/$r_release" ;;
  esac
}

# ---- what the runner asks for besides the release itself
cmd_prepare() { # the upload is complete: links shared paths into it, and gives it its name
  eval "$b_params"
  incoming=$b_base/releases/.incoming-$r_release
  if [ ! -d "$incoming" ]; then refuse upload-failed "$incoming does not exist"; fi
  while read -r path up; do
    [ -n "$path" ] || continue
    if [ ! -e "$b_base/shared/$path" ]; then
      # The service writes there by its group, which comes from the folder's setgid bit.
      (umask 002 && mkdir -p "$b_base/shared/$path") || refuse path-not-writable "cannot create $b_base/shared/$path"
    fi
    parent=$incoming/$path
    parent=${parent%/*}
    # What the build shipped there must not hide what the service wrote to shared/.
    rm -rf "${incoming:?}/$path"
    if ! { mkdir -p "$parent" && ln -s "${up}shared/$path" "$incoming/$path"; }; then
      refuse upload-failed "cannot link $path"
    fi
  done <<SHARED
$b_shared
SHARED
  # Into an existing folder `mv` would move it inside, and a live release would change.
  [ ! -e "$b_base/releases/$r_release" ] || refuse upload-failed "releases/$r_release exists already"
  mv "$incoming" "$b_base/releases/$r_release" || refuse upload-failed "cannot rename $incoming"
}

cmd_check() { # checks what is live now, once
  eval "$b_params"
  if ! find_facts; then
    say "healthy no $why"
    return
  fi
  eval "$facts"
  if [ -n "${r_slots-}" ]; then
    find_active
    use_slot "${active%% *}"
  fi
  if answers_now; then say 'healthy yes'; else say "healthy no $why"; fi
}
