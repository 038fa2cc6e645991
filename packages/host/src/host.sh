#!/bin/sh
# shellcheck shell=sh disable=SC2154,SC2030,SC2031 # what a subshell changes shall be lost; b_… come as assignments before this text, r_… from a state file
# What Belay does on a host, the part that all actions share: one lock, one state file a release, one confirm timeout.
# An action appends its own part, which defines:
#   prepare_change        before the timeout starts, prepares what undo_change must not have to make on a full disk
#   do_change             makes the change; returns 0 on success, else reports `failed PHASE WHY` and returns 1
#   undo_change           undoes what do_change changed, as far as it got; on failure reports `undo-failed WHY`, returns 1
#   undo_change_at_boot   the same before anything was started, so without restarting anything
# and may redefine, after the definitions here:
#   live_now              sets live: what serves now, as the text of a link
#   find_slot             with slots, sets slot: the one that the release goes to; else code and why, and returns 1
#   find_facts            sets facts: lines for the state file, of what only the host knows; else code and why, returns 1
#   used_releases         prints further releases that nothing may remove, a line each
#   inspect_further       prints further results of `inspect`
#   expire                what happens at the end of the confirm timeout
#   at_confirm            what is left to do, still under the lock, as soon as the release is confirmed
#   after_end             what is left to do, without the lock, once the release has ended in any way
#   after_confirm         the same once it is confirmed
#   host_WORD             what other scripts of this host may call: sh BASE/.belay/NAME.sh WORD ARGUMENT…
#
# It comes by standard input of `sh -s`, after assignments of the variables b_…, and is kept in .belay/ as it came.
# All folders and files below .belay/ are plain text:
#   lock                 held (flock) by the process that serves a release; never removed
#   holder               who holds it, for people
#   states/SEQ-ID.STATE  a release on this host. Its state is the name of the file: the process that renames it decides.
#                        held → armed → confirmed, or → undoing → undone or mixed; held → released
#   work/SEQ-ID/         what the process of an open release writes: lease, deadline, what decided, how far it got
#   log/SEQ-ID.log       what it did;  records/SEQ-ID.jsonl  the job's record, copied at confirm
#
# Three traps of the shells (docs/research/hosts.md#the-lock): a failed `.` or `exec N>` ends a script unless
# `command` stands before it; a child that inherits the lock's descriptor keeps the lock; and standard input is this
# script, so children get /dev/null.
set -u

# ---- lines to the runner: only lines with this prefix are read back
say() { # always one line: a text that was kept here must not become a second line
  case $* in
  *[[:cntrl:]]*) printf '@belay %s\n' "$(printf '%s' "$*" | tr '\001-\037\177' ' ')" ;;
  *) printf '@belay %s\n' "$*" ;;
  esac
}
refuse() { # CODE TEXT
  say "refused $1 $2"
  exit 0
}

clock() { # seconds since the machine started: the date may jump, this does not (docs/research/hosts.md#the-clock)
  read -r up _ </proc/uptime
  now=${up%.*}
}

layout() {
  belay=$b_base/.belay
  states=$belay/states
}

only_files() { # refuses what Belay did not make: to open a FIFO waits for ever, and a rename cannot replace a folder
  for place in "$belay" "$states" "$belay/work" "$belay/log" "$belay/records"; do
    if [ -f "$place" ] || is_special "$place"; then refuse not-a-file "$place is not a folder"; fi
  done
  for place in "$belay/lock" "$belay/holder" "$belay/contracts" "$belay/proxy" "$belay/warm" "$belay"/nginx-* "$belay"/*.sh "$belay"/*.new "$states"/*; do
    if [ -d "$place" ] || is_special "$place"; then refuse not-a-file "$place is not a plain file"; fi
  done
}

# One test for each type: "exists, and is not a file" are two tests, and another process may rename it between them.
is_special() { [ -p "$1" ] || [ -S "$1" ] || [ -b "$1" ] || [ -c "$1" ]; }

pause() { sleep 0.2 2>/dev/null || sleep 1; }
blink() { sleep 0.02 2>/dev/null || sleep 1; } # where the runner waits for the answer

note() { # FILE TEXT: writes it completely or not at all
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1"
}

assign() { # NAME VALUE: prints a line that assigns VALUE to NAME, whatever is in it
  case $2 in
  *"'"*) printf "%s='%s'\n" "$1" "$(printf '%s' "$2" | sed "s/'/'\\\\''/g")" ;;
  *) printf "%s='%s'\n" "$1" "$2" ;;
  esac
}

# ---- states
state_of() { # NAME: sets state, empty where there is none
  state=
  [ -n "$1" ] || return 0
  # During a rename a listing may show neither name.
  for _ in 1 2 3; do
    for file in "$states/$1".*; do
      if [ -e "$file" ]; then state=${file##*.}; fi
    done
    [ -z "$state" ] || return 0
  done
}

find_release() { # sets b_name: the newest release with the id b_id, which the runner knows before the host numbers it
  b_name=''
  for file in "$states"/*-"$b_id".*; do
    file=${file##*/}
    # No test whether it exists: it may be renamed at this moment. Without any match the pattern itself stays.
    case $file in '*'*) ;; *) b_name=${file%.*} ;; esac
  done
}

newest() { # sets name and state of the newest release on this host, empty where there is none
  name='' state=''
  for file in "$states"/*.*; do
    file=${file##*/}
    case $file in '*'*) ;; *) name=${file%.*} ;; esac
  done
  state_of "$name"
}

# One rename decides (rule 9; docs/research/hosts.md#one-rename-decides).
turn() { # NAME FROM TO WHO: true if it is TO now; where several try, the work folder says which one it was
  if mv -f "$states/$1.$2" "$states/$1.$3" 2>/dev/null; then
    note "$belay/work/$1/who" "$4" 2>/dev/null || :
    printf '%s %s: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$3" "$4" >>"$belay/log/$1.log" || :
  fi
  [ -e "$states/$1.$3" ]
}

load() { # NAME: reads its file into r_…; false where there is none. Only this script writes such files.
  for _ in 1 2 3 4 5; do
    state_of "$1"
    [ -n "$state" ] || return 1
    if [ "${loaded-}" = "$1" ] || read_state "$states/$1.$state"; then
      loaded=$1 work=$belay/work/$1 r_who=''
      if [ -e "$work/who" ]; then read -r r_who <"$work/who" || :; fi
      return 0
    fi
    # Renamed before it was read: try again. It exists, but is incomplete: a crash of the machine tore it.
    if [ -e "$states/$1.$state" ]; then refuse state-damaged "$states/$1.$state is incomplete"; fi
  done
  return 1
}

read_state() { # FILE: an incomplete file is not run
  # Values that not every release has must not stay from another one.
  # shellcheck disable=SC2034
  loaded='' r_slots='' r_slot='' r_schema='' r_protocol=''
  [ "$(tail -n 1 "$1" 2>/dev/null)" = "r_whole='yes'" ] || return 1
  # shellcheck source=/dev/null
  command . "$1" 2>/dev/null
}

states_with() { # RELEASE: prints its state files, oldest first, by one process instead of reading fifty files
  grep -lxF -e "r_release='$1'" "$states"/*.* 2>/dev/null
}

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
  newest
  [ -z "$name" ] || same_protocol "$name"
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

# ---- time limits: a child that does not end is left behind, and all its descendants are killed
descendants() { # PID: prints its children and their children
  for entry in /proc/[0-9]*/stat; do
    { read -r line <"$entry"; } 2>/dev/null || continue
    rest=${line##*) }
    rest=${rest#* }
    if [ "${rest%% *}" = "$1" ]; then
      child=${entry#/proc/}
      child=${child%/stat}
      printf '%s\n' "$child"
      (descendants "$child")
    fi
  done
}

end_family() { # PID
  family="$1 $(descendants "$1")"
  # shellcheck disable=SC2086 # a list of numbers
  kill -TERM $family 2>/dev/null || :
  tries=0
  while kill -0 "$1" 2>/dev/null && [ $tries -lt 10 ]; do
    tries=$((tries + 1))
    pause
  done
  # shellcheck disable=SC2086
  kill -KILL $family 2>/dev/null || :
}

bounded() { # SECONDS COMMAND…: its status, or 124 where it took longer
  clock
  limit=$((now + $1))
  shift
  # 7 is the host's lock, where its holder waits here: it must be free as soon as the holder ends.
  (
    exec 7<&-
    "$@"
  ) </dev/null &
  bounded_pid=$!
  while kill -0 $bounded_pid 2>/dev/null; do
    clock
    if [ "$now" -ge $limit ]; then
      end_family $bounded_pid
      return 124
    fi
    blink
  done
  wait $bounded_pid
}

# ---- hold: take the lock, end what a dead process left open, begin a release
cmd_hold() {
  mkdir -p "$states" "$belay/work" "$belay/log" "$belay/records" "$b_base/releases" 2>/dev/null ||
    refuse path-not-writable "cannot make folders in $b_base"
  open_lock 2>/dev/null || refuse path-not-writable "cannot write $belay/lock"
  tries=0
  # A process that only tests whether it is free holds it for an instant.
  until flock -n 9; do
    tries=$((tries + 1))
    [ $tries -le 5 ] || refuse_held
    blink
  done
  noted=yes
  note "$belay/holder" "$b_owner" || noted=no
  # Also on a full disk an undo that is due comes first. After that a lock needs an owner that can be written.
  settle_dead
  [ $noted = yes ] || refuse disk-full "cannot write in $belay who holds the lock"
  note "$belay/$b_script.sh" "$b_text" || refuse disk-full "cannot write in $belay"
  committed
  live_now
  case $live in
  *[[:cntrl:]]*) refuse current-outside "$b_base/current points to a text with a line break in it: $live" ;;
  '' | releases/* | "$b_base"/releases/*) ;;
  *) refuse current-outside "$b_base/current points to $live" ;;
  esac
  find_slot || refuse "$code" "$why"
  find_facts || refuse "$code" "$why"
  why=$(misfit_to_come)
  [ -z "$why" ] || refuse schema-ahead "$why"
  sequence=${name%%-*}
  # Leading zeros are removed: in the shell's arithmetic they would make the number octal.
  while [ "$sequence" != "${sequence#0}" ]; do sequence=${sequence#0}; done
  name=$(printf '%06d-%s' $((${sequence:-0} + 1)) "$b_id")
  if ! begin_release "$name"; then
    rm -rf "$states/$name.held" "$states/.$name" "$belay/work/$name"
    refuse disk-full "cannot write in $belay what is released"
  fi
  prune "$b_keep"
  # Pruning may have taken longer than the first lease.
  lease
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

live_now() { live=$(readlink "$b_base/current" 2>/dev/null) || live=''; }

find_slot() { slot=''; }

find_facts() { facts=''; }

settle_dead() { # under the lock: the process of an open state is dead; what it left is ended first
  settled_dead=''
  newest
  ! is_foreign || settle_foreign
  case $state in
  held) turn "$name" held released 'the next release: the process of this one was gone' || : ;;
  armed | undoing)
    end_orphans "$name"
    load "$name" || return 0
    # A confirm may have come first: then that is decided.
    [ "$state" = undoing ] || turn "$name" armed undoing 'the next release: the process of this one was gone' || return 0
    go_back undo_change
    settled_dead="$state $name"
    ;;
  # Its process was killed between the change and the confirm. A living one without the lock has done this already.
  confirmed) if load "$name"; then finish_confirmed; fi ;;
  esac
}

# ---- two protocols (docs/decisions/host-protocol.md): what one left open, the other does not touch
is_foreign() { # whether name, which is in state, was begun by another protocol and is not through
  case $state in
  armed | undoing) ;;
  confirmed) [ -e "$belay/work/$name/unfinished" ] || return 1 ;;
  *) return 1 ;;
  esac
  load "$name" && [ "$r_protocol" != "$b_protocol" ]
}

settle_foreign() { # its process is dead: the script that is kept here, which made it, ends it, under the lock
  exec 9>&-
  sh "$belay/$r_script.sh" recover restart </dev/null >/dev/null 2>&1 || :
  sh "$belay/$r_script.sh" finish </dev/null >/dev/null 2>&1 || :
  if ! open_lock || ! flock -n 9; then refuse_held; fi
  newest
  case $state in armed | undoing) same_protocol "$name" ;; undone | mixed) settled_dead="$state $name" ;; esac
}

same_protocol() { # NAME: refuses to order what another protocol has open
  load "$1" || return 0
  case $state in held | armed | undoing) ;; *) return 0 ;; esac
  [ "$r_protocol" = "$b_protocol" ] ||
    refuse protocol-differs "$1 is open there under protocol ${r_protocol:-0} of Belay, and this step has protocol $b_protocol"
}

end_orphans() { # NAME: children of a killed process must not change anything later
  for entry in /proc/[0-9]*; do
    case $(tr '\0' ' ' <"$entry/cmdline" 2>/dev/null) in
    *" serve $b_base $1 ") end_family "${entry#/proc/}" ;;
    esac
  done
}

committed() { # sets c_…: the last committed release, empty where there is none; every state holds the one before it
  c_release='' c_manifest='' c_version='' c_sha=''
  newest
  if [ -z "$name" ]; then
    # Before its first release by Belay a host may already serve something: an undo goes back to that.
    here=$(readlink "$b_base/current" 2>/dev/null) || here=''
    c_release=${here##*/}
    return 0
  fi
  load "$name" || return 0
  if [ "$state" = confirmed ]; then
    c_release=$r_release c_manifest=$r_manifest c_version=$r_version c_sha=$r_sha
  else
    c_release=$r_previous c_manifest=$r_previous_manifest c_version=$r_previous_version c_sha=$r_previous_sha
  fi
}

lease() {
  clock
  note "$work/lease" $((now + b_lease))
}

begin_release() { # NAME
  work=$belay/work/$1
  # In a subshell: `:` is a special built-in, whose failed redirection ends a POSIX shell.
  mkdir -p "$work" && lease && (: >"$work/unfinished") 2>/dev/null || return 1
  {
    printf '%s\n' "$b_params"
    assign r_protocol "$b_protocol"
    assign r_script "$b_script"
    assign r_live "$live"
    [ -z "$slot" ] || assign r_slot "$slot"
    [ -z "$facts" ] || printf '%s\n' "$facts"
    assign r_previous "$c_release"
    assign r_previous_manifest "$c_manifest"
    assign r_previous_version "$c_version"
    assign r_previous_sha "$c_sha"
    assign r_whole yes
  } >"$states/.$1" || return 1
  # A state torn by a power cut would block the service here. A sync that knows no file arguments takes longer.
  sync "$states/.$1" 2>/dev/null || :
  read_state "$states/.$1" && prepare_change && mv -f "$states/.$1" "$states/$1.held"
}

prunable() { # KEEP [forget]: prints the folders of releases beyond KEEP, the next one included; forget removes old states
  keep=" ${live##*/} $c_release $r_release $(used_releases | tr '\n' ' ')"
  newest_first=
  for file in "$states"/*.*; do
    newest_first="$file
$newest_first"
  done
  count=1 counted=' ' states_count=0
  while read -r file; do
    [ -e "$file" ] || continue
    states_count=$((states_count + 1))
    # A state released without a change has no use. Of the rest, fifty are enough as history, and what is still needed
    # is among the newest.
    if [ -n "${2-}" ]; then
      case $file in *.released) forget "$file" ;; esac
      if [ $states_count -gt 50 ]; then forget "$file"; fi
    fi
    case $file in *.confirmed | *.mixed) ;; *) continue ;; esac
    [ $count -lt "$1" ] || continue
    kept=$(read_state "$file" && printf '%s' "$r_release")
    # The next release is counted already, where it was here before.
    case " $r_release $counted" in *" $kept "*) continue ;; esac
    counted="$counted$kept " count=$((count + 1))
  done <<LIST
$newest_first
LIST
  for folder in "$b_base"/releases/* "$b_base"/releases/.incoming-*; do
    [ -d "$folder" ] || continue
    case "$keep$counted" in *" ${folder##*/} "*) ;; *) printf '%s\n' "$folder" ;; esac
  done
}

prune() { # KEEP: at the start of a release, never at its end, so that nothing is removed that an undo may need
  prunable "$1" forget | while IFS= read -r folder; do rm -rf "$folder"; done
  for folder in "$belay"/work/*; do
    [ "${folder##*/}" = "$name" ] || rm -rf "$folder"
  done
}

used_releases() { :; }

say_prunable() { # what the start of a release would free, in KiB, without what other releases share by a hard link
  r_release=''
  gone=$(prunable "$b_keep")
  [ -n "$gone" ] || return 0
  all=0 kept=0
  for folder in "$b_base"/releases/* "$b_base"/releases/.incoming-*; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done | {
    # shellcheck disable=SC2046 # the input path and release ids have no spaces
    set -- $(cat)
    all=$(kib_of "$@")
    for folder; do
      shift
      case "
$gone
" in *"
$folder
"*) ;; *) set -- "$@" "$folder" ;; esac
    done
    [ $# -eq 0 ] || kept=$(kib_of "$@")
    say "fact prunable-kib $((all - kept))"
  }
}

kib_of() { # FOLDER…: their size together, each file once
  sum=0
  du -sk "$@" 2>/dev/null | {
    while read -r size _; do sum=$((sum + size)); done
    printf '%s' "$sum"
  }
}

forget() { # STATE FILE
  gone=${1##*/}
  gone=${gone%.*}
  rm -f "$1" "$belay/log/$gone.log" "$belay/records/$gone.jsonl"
}

# ---- serve: the one process of a release on this host, detached from the connection. It is the only timer.
cmd_serve() { # NAME
  name=$1
  trap '' HUP
  worker='' at_work=''
  while load "$name"; do
    clock
    case $state in
    held)
      read -r until <"$work/lease" || until=0
      if [ "$now" -ge "$until" ]; then turn "$name" held released 'its lease: the runner did not renew it' || :; fi
      sleep 0.05 2>/dev/null 9>&- || sleep 1 9>&-
      continue
      ;;
    armed) serve_armed ;;
    undoing)
      [ -z "$at_work" ] || end_family "$worker"
      go_back undo_change
      ;;
    *)
      # Confirmed by a person before the change was complete: the lock is kept until it is.
      if [ -n "$at_work" ] && kill -0 "$worker" 2>/dev/null; then
        pause 9>&-
        continue
      fi
      [ "$state" != confirmed ] || finish_confirmed
      exec 9>&-
      after_end
      [ "$state" != confirmed ] || after_confirm
      exit 0
      ;;
    esac
    pause 9>&-
  done
}

at_confirm() { :; }

finish_confirmed() { # under the lock: what a confirm leaves to do is done once, by the first process that comes here
  [ -e "$work/unfinished" ] || return 0
  (
    exec 9>&-
    at_confirm
  ) </dev/null >>"$belay/log/$name.log" 2>&1
  rm -f "$work/unfinished"
}

host_finish() { # the newest release was confirmed, and its process is gone
  open_lock || return 1
  flock -n 9 || return 0
  newest
  [ "$state" != confirmed ] || ! load "$name" || finish_confirmed
}

after_end() { :; }

after_confirm() { :; }

serve_armed() {
  if [ -z "$worker" ]; then
    # Its children must not keep the lock: a descriptor that is closed only for a function would stay open here.
    (
      exec 9>&-
      if do_change; then : >"$work/passed"; fi
    ) &
    worker=$! at_work=yes
  elif [ -n "$at_work" ] && ! kill -0 "$worker" 2>/dev/null; then
    at_work=
    [ -e "$work/passed" ] || turn "$name" armed undoing 'the host itself: the change failed' || :
  fi
  read -r until <"$work/deadline"
  [ ! -e "$work/prolonged" ] || until=$((until + 60))
  [ "$now" -lt "$until" ] || expire
}

expire() { turn "$name" armed undoing 'the confirm timeout: it was not confirmed in time' || :; }

go_back() { # UNDO: the state is undoing, and this process holds the lock
  # Output goes to the log, not to a connection: that may break, and a daemon started by a restart would hold it open.
  if (
    exec 9>&-
    say 'going back'
    "$1"
  ) </dev/null >>"$belay/log/$name.log" 2>&1; then end=undone; else end=mixed; fi
  turn "$name" undoing $end "${r_who:-somebody}" || :
  state=$end
}

# ---- commands of the runner
cmd_renew() {
  state_of "$b_name"
  work=$belay/work/$b_name
  if [ "$state" = held ]; then
    process_lives
    lease || :
  fi
  say "state $state"
}

cmd_arm() { # from here on the host rolls back on its own unless it is confirmed
  [ -n "$b_name" ] || refuse not-held 'it holds no lock for this release'
  process_lives
  clock
  note "$belay/work/$b_name/deadline" $((now + b_window)) || refuse disk-full 'cannot write the confirm timeout'
  if ! turn "$b_name" held armed "$b_by"; then
    state_of "$b_name"
    refuse not-held "its state is ${state:-gone}: the lock was released before the switch"
  fi
  follow
  # At the end of the wait the runner must know whether the process still runs. The lock first: it may end just here.
  if lock_is_free; then
    say_state
    [ "$state" != armed ] || say 'state dead'
  fi
}

process_lives() { # without it nothing would release the lock, nor undo the change
  ! lock_is_free || refuse not-held 'its process is gone, and its lock with it; nothing was changed'
}

follow() { # prints the lines of the process until its change is complete, it has ended, or b_wait seconds have passed
  clock
  follow_until=$((now + b_wait)) looks=0
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
    if [ $((looks % 50)) -eq 0 ]; then nobody_there && break; fi
    looks=$((looks + 1))
    blink
  done
  say_state
}

nobody_there() { # true where the process of an open state is gone; an ordered undo is then done by this session
  lock_is_free || return 1
  [ "$b_command" = undo ] || return 0
  if ! command -v undo_change >/dev/null; then
    # Ordered by another action's step, whose script has no undo_change: the script that is kept here has it.
    sh "$belay/$r_script.sh" recover restart </dev/null >/dev/null 2>&1 || :
    return 1
  fi
  open_lock || return 0
  if flock -n 9; then settle_dead; fi
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
  turn "$b_name" armed confirmed "$b_by" || :
  say_state
  [ "$state" = confirmed ] || return 0
  note "$belay/records/$b_name.jsonl" "$b_record" || :
  # Its process was killed after the change: the script that is kept here does what is left.
  if lock_is_free && [ -e "$belay/$r_script.sh" ]; then
    sh "$belay/$r_script.sh" finish </dev/null >/dev/null 2>&1 || :
  fi
}

cmd_undo() {
  if [ -z "$b_name" ]; then
    say 'state none'
    return 0
  fi
  turn "$b_name" held released "$b_by" || turn "$b_name" armed undoing "$b_by" || :
  follow
  # The lock is released when the process has ended, a moment after its last line.
  tries=0
  while ! lock_is_free && [ $tries -lt 150 ]; do
    tries=$((tries + 1))
    blink
  done
}

# ---- the schema (rule 16): .belay/contracts has a line for each migration that removed something, with the oldest
# compatible release (by version, commit or id). A release that is not compatible must not serve any more.
cmd_contract() { # records b_migration and b_oldest
  mkdir -p "$states" 2>/dev/null || refuse path-not-writable "cannot make folders in $b_base"
  # A release that was checked against the contracts keeps the lock until it has ended.
  lock_within 5
  other_contracts "$b_migration" "$b_migration $b_oldest" || refuse disk-full "cannot write $belay/contracts"
}

cmd_forget() { # b_migration, after b_wait seconds at most: a record that stays would refuse later releases
  [ -e "$belay/contracts" ] || return 0
  lock_within "$b_wait"
  other_contracts "$b_migration" '' ||
    refuse disk-full "cannot write $belay/contracts"
}

other_contracts() { # MIGRATION LINE: all lines but that migration's, then LINE
  {
    if [ -e "$belay/contracts" ]; then
      while read -r migration oldest; do
        [ "$migration" = "$1" ] || printf '%s %s\n' "$migration" "$oldest"
      done <"$belay/contracts"
    fi
    [ -z "$2" ] || printf '%s\n' "$2"
  } >"$belay/contracts.new" && mv -f "$belay/contracts.new" "$belay/contracts"
}

misfit() { # RELEASE SHA SCHEMA: true if it is compatible with the schema; else sets why. A new release is refused only
  # for a known reason; one that was here before must be known to be compatible.
  [ -s "$belay/contracts" ] || return 0
  while read -r migration oldest; do
    case " $3 " in *" $migration "*) continue ;; esac
    why=$(survives "$1" "$2" "$3" "$oldest") && continue
    why="migration $migration removed what it needs; $why"
    return 1
  done <"$belay/contracts"
}

survives() { # RELEASE SHA SCHEMA OLDEST: true if compatible, else prints why not. Of each the first time on this host counts.
  order=0 here='' its_turn='' oldest_turn='' oldest_schema=''
  for file in "$states"/*.*; do
    # A release that was undone, or released without a change, never served here.
    case $file in *.confirmed | *.mixed) ;; *) continue ;; esac
    read_state "$file" || continue
    order=$((order + 1))
    if [ "$r_release" = "$1" ]; then here=yes; fi
    if [ -z "$its_turn" ] && { [ "$r_release" = "$1" ] || { [ -n "$2" ] && [ "$r_sha" = "$2" ]; }; }; then
      its_turn=$order
    fi
    case $4 in
    "$r_release" | "$r_sha" | "$r_version")
      [ -n "$oldest_turn" ] || oldest_turn=$order oldest_schema=$r_schema
      ;;
    esac
  done
  if [ -n "$its_turn" ] && [ -n "$oldest_turn" ]; then
    [ "$its_turn" -lt "$oldest_turn" ] || return 0
    printf '%s' "the oldest compatible release is $4"
    return 1
  fi
  if [ -n "$here" ]; then
    printf '%s' "$4, the oldest compatible release, was never on this host"
    return 1
  fi
  [ -n "$3" ] || return 0
  for migration in $oldest_schema; do
    case " $3 " in *" $migration "*) continue ;; esac
    printf '%s' "the oldest compatible release is $4, and this one is older: it was built without $migration"
    return 1
  done
}

misfit_to_come() { # prints why the next release, whose facts are b_params, is not compatible
  (
    r_release='' r_sha='' r_schema=''
    eval "${b_params-}"
    [ -n "$r_release" ] || exit 0
    misfit "$r_release" "$r_sha" "$r_schema" || printf '%s' "$why; releases here that fit: $(fitting)"
  )
}

fitting() { # prints the committed releases that are kept and compatible
  fit='' told=' '
  for file in "$states"/*.confirmed; do
    read_state "$file" || continue
    case $told in *" $r_release "*) continue ;; esac
    told="$told$r_release "
    [ -d "$b_base/releases/$r_release" ] || continue
    if (misfit "$r_release" "$r_sha" "$r_schema"); then fit="$fit, $r_version ($r_release)"; fi
  done
  fit=${fit#, }
  printf '%s' "${fit:-none}"
}

host_fits() { # RELEASE
  r_sha='' r_schema=''
  file=$(states_with "$1" | tail -n 1)
  [ -z "$file" ] || read_state "$file" || :
  misfit "$1" "$r_sha" "$r_schema" || {
    printf '%s; releases here that fit: %s\n' "$why" "$(fitting)"
    return 1
  }
}

# ---- inspect: changes nothing
cmd_hello() { :; }

cmd_inspect() {
  say "fact user $(id -un)"
  say "fact uid $(id -u)"
  for tool in flock rsync readlink sed grep cut tr df tail ln mv id curl wget systemctl sudo; do
    if command -v "$tool" >/dev/null 2>&1; then say "tool $tool"; fi
  done
  inspect_path
  inspect_lock
  [ -z "$b_unit" ] || inspect_systemd
  inspect_releases
}

inspect_path() {
  existing=$b_base
  while [ ! -e "$existing" ] && [ "$existing" != / ]; do existing=${existing%/*} existing=${existing:-/}; done
  say "fact exists $([ "$existing" = "$b_base" ] && printf yes || printf no)"
  for folder in "$existing" "$b_base/releases" "$belay" "$states" "$belay/lock"; do
    if [ -e "$folder" ] && [ ! -w "$folder" ]; then say "read-only $folder"; fi
  done
  free=$(df -Pk "$existing" | fourth_of_second)
  [ -z "$free" ] || say "fact free-kib $free"
  inodes=$(df -Pi "$existing" 2>/dev/null | fourth_of_second)
  [ -z "$inodes" ] || say "fact free-inodes $inodes"
  if [ -L "$b_base/current" ]; then
    say "fact current link"
    say "fact live $(readlink "$b_base/current")"
  elif [ -e "$b_base/current" ]; then
    say "fact current other"
  else
    say "fact current absent"
  fi
}

fourth_of_second() { # of the output of df, the free amount: the fourth column of its second line
  read -r _ && read -r _ _ _ column _ && printf '%s' "$column"
}

inspect_releases() {
  committed
  live_now
  say "fact committed $c_release"
  say "fact version $c_version"
  if [ "${b_need:-0}" -gt "${free:-0}" ]; then say_prunable; fi
  for file in "$states"/*.*; do
    [ -e "$file" ] || continue
    (
      read_state "$file" || exit 0
      there=no
      if [ -d "$b_base/releases/$r_release" ]; then there=yes; fi
      say "release ${file##*.} $there $r_release $r_sha ${r_manifest:--} $r_version"
      say "schema $r_release $r_schema"
      misfit "$r_release" "$r_sha" "$r_schema" || say "misfit $r_release $why"
    )
  done
  say "fact misfit $(misfit_to_come)"
  if [ -s "$belay/contracts" ]; then while read -r line; do say "contract $line"; done <"$belay/contracts"; fi
  inspect_further
}

inspect_further() { :; }

inspect_lock() {
  newest
  say "fact newest $name"
  say "fact state $state"
  if lock_is_free; then say "fact lock free"; else
    say "fact lock held"
    say "fact holder $(cat "$belay/holder" 2>/dev/null)"
    clock
    until=$now
    case $state in
    held) read -r until <"$belay/work/$name/lease" || until=$now ;;
    armed)
      read -r until <"$belay/work/$name/deadline" || until=$now
      [ ! -e "$belay/work/$name/prolonged" ] || until=$((until + 60))
      ;;
    esac
    say "fact ends-in $((until - now))"
  fi
}

inspect_systemd() {
  say "fact unit-load $(systemctl show -p LoadState "$b_unit" 2>/dev/null | cut -d= -f2-)"
  kill_processes=$(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \
    org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null) || kill_processes=unknown
  say "fact kills-processes ${kill_processes#b }"
  say "fact recovery-unit $(systemctl is-enabled "$b_recovery" 2>/dev/null)"
  if crontab -l 2>/dev/null | grep -q "$belay/.*\.sh recover restart"; then say 'fact recovery-cron yes'; fi
  if [ "$(id -u)" -ne 0 ]; then
    LC_ALL=C sudo -n -ll 2>&1 </dev/null | while IFS= read -r line; do say "sudo $line"; done
  fi
}

cmd_recover() { # [restart]: after a reboot restores the confirmed release, before the service starts, or with a restart
  open_lock || exit 0
  tries=0
  # A living process of a release is left as it is. But an undo of another unit at the same boot, before the service or
  # before the proxy, is waited for: else either would start with a state that is only half restored.
  until flock -n 9; do
    newest
    case $state in undoing) most=300 ;; *) most=10 ;; esac
    tries=$((tries + 1))
    [ $tries -lt $most ] || exit 0
    pause
  done
  newest
  case $state in
  held) turn "$name" held released 'the boot' || : ;;
  armed | undoing)
    load "$name" || exit 1
    [ "$state" = undoing ] || turn "$name" armed undoing 'the boot' || exit 0
    if [ "$1" = restart ]; then go_back undo_change; else go_back undo_change_at_boot; fi
    ;;
  esac
}

main() {
  case ${1-} in
  serve)
    b_base=$2
    layout
    cmd_serve "$3"
    ;;
  recover) # sh BASE/.belay/NAME.sh recover [restart]
    b_base=$(cd "${0%/*}/.." && pwd)
    layout
    only_files
    cmd_recover "${2-}"
    ;;
  ?*)
    b_base=$(cd "${0%/*}/.." && pwd)
    layout
    word=$1
    shift
    "host_$word" "$@"
    ;;
  '')
    layout
    say ack
    only_files
    [ -z "${b_id-}" ] || find_release
    [ -z "${b_protocol-}" ] || [ -z "${b_name-}" ] || same_protocol "$b_name"
    "cmd_$b_command"
    ;;
  esac
}
