# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, the rest from the shared part
# deploy-ssh's part: swaps `current` by one rename, restarts the service, and runs the host's own check.
# Its facts come from the change as r_…: release, previous, live, restart_kind, restart, check_kind,
# check, check_timeout; restart and check commands are lists of quoted words. With slots slots.sh does it instead.

prepare_change() {
  note_untouched
  { if [ -n "$r_slot" ]; then prepare_slot && use_slot "$r_slot"; else prepare_current; fi; } && driver prepare
}

do_change() {
  if [ -n "$r_slot" ]; then fill_slot; else swap_current; fi
}

undo_change() {
  if [ -n "$r_slot" ]; then undo_fill; else undo_swap; fi
}

undo_change_at_boot() { # what Docker starts itself can be undone only once it runs: a unit after it does that
  if driver started_by_boot; then return 3; elif [ -n "$r_slot" ]; then undo_fill_at_boot; else undo_swap_at_boot; fi
}

hook_facts() {
  facts=$(
    eval "$b_params"
    driver facts
  ) && return 0
  code=${facts%% *} why=${facts#* }
  return 1
}

hook_ended() {
  [ -z "$r_slot" ] || use_slot "$r_slot"
  driver tidy
}

restart() { # RELEASE, empty for none: then what runs it is stopped; sets why
  driver restart "$1" || return 1
  [ -z "$1" ] || driver snapshot
}

start_new() { # starts the new release until it passes its check; else reports what failed, with the service's last lines
  say 'phase restart'
  if ! restart "$r_release"; then
    say_log_tail
    say "failed restart $why"
    return 1
  fi
  say 'phase check'
  check "$r_sha" "$r_previous_sha" || {
    say_log_tail
    if [ -e "$work/failed-before" ]; then why="$why; $r_previous failed this check too, before anything was changed"; fi
    say "failed check $why"
    return 1
  }
}

say_log_tail() { # prints the last log lines of the service, so that people can find out why it does not run
  driver unreadable_logs </dev/null | while IFS= read -r line; do
    say "unread $line"
  done
  driver tail 2>&1 </dev/null | tr -d '\r' | while IFS= read -r line; do
    say "tail $line"
  done
}

make_link() { # FOLDER NAME TEXT
  [ ! -e "$work/$1" ] || rm -rf "${work:?}/$1"
  mkdir -p "$work/$1" && ln -s "$3" "$work/$1/$2"
}

cmd_prepare() { # the upload is complete: links shared paths into it, and gives it its name
  eval "$b_params"
  work=$belay/work/$b_name/release incoming=$b_base/releases/.incoming-$r_release
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
  listed=no
  if [ -s "$work/list" ] && has_listed_names; then listed=yes; fi
  if [ $listed = no ] && [ "$b_linked" = yes ]; then
    rm -rf "${incoming:?}"
    say 'prepared no'
    return
  fi
  # Into an existing folder `mv` would move it inside, and a live release would change.
  [ ! -e "$b_base/releases/$r_release" ] || refuse upload-failed "releases/$r_release exists already"
  mv "$incoming" "$b_base/releases/$r_release" || refuse upload-failed "cannot rename $incoming"
  [ $listed = no ] || keep_list
}

cmd_check() { # checks what is live now, once
  eval "$b_params"
  if ! hook_facts; then
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
