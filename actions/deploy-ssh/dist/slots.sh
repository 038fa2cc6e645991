# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from the release's state file; the rest is shared with host.sh
# deploy-ssh's part for services with two slots: the release goes to the idle slot, `slots/PORT` leads to it.
# Its facts come from the state file as r_…: slots (both ports), slot (the one chosen under the lock), stop, activate,
# deactivate; in restart, check and these, {slot} stands for the port.
#
# The proxy says where traffic goes; blue-green-switch's script of this service asks it. A fill moves no users. Its process
# still waits for a confirm, with a time limit: while it lives, the lock keeps others out of the slot. If the runner is
# lost, no unproved release stays running there.

switch_says() { # WORD: prints what blue-green-switch knows of this service, or why not; 127 where it never ran here
  [ -e "$b_base/switch/.belay/blue-green-switch.sh" ] || return 127
  # What it starts must not keep the lock open.
  (
    exec 9>&-
    bounded 15 sh "$b_base/switch/.belay/blue-green-switch.sh" "$1" 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with the reason in unknown; or none,
  # where blue-green-switch never ran
  unknown='' active=$(switch_says active)
  case $? in
  0) known=yes ;;
  127) known=none active='' ;;
  124) known=no active='' unknown='the proxy did not answer within 15 s' ;;
  *)
    known=no unknown=$(printf '%s\n' "$active" | tail -n 1) active=''
    unknown=${unknown:-to find out: sh $b_base/switch/.belay/blue-green-switch.sh active}
    ;;
  esac
}

may_have_traffic() { # PORT: true unless it is certain that no traffic goes there; sets why
  find_active
  case $known in
  none) return 1 ;;
  no) why="it is not known whether traffic goes to slot $1 ($unknown)" ;;
  yes)
    case " $active " in *" $1 "*) ;; *) return 1 ;; esac
    why="traffic goes to slot $1"
    ;;
  esac
}

keeps_traffic() { # PORT: the same; asks a proxy that does not answer again for 15 s
  clock
  asked_until=$((now + 15))
  while may_have_traffic "$1"; do
    clock
    if [ "$known" = yes ] || [ "$now" -ge $asked_until ]; then return 0; fi
    pause
  done
  return 1
}

slots_wanted() { # prints both ports of the inspected or running release; nothing where it has no slots
  (
    r_slots=''
    eval "${b_params-}"
    printf '%s' "$r_slots"
  )
}

live_now() { # with slots, the release with the traffic is live, and is what was committed
  slots=$(slots_wanted)
  if [ -z "$slots" ]; then
    live=$(readlink "$b_base/current" 2>/dev/null) || live=''
    return 0
  fi
  live=''
  find_active
  for port in $active; do
    id=$(release_in "$port")
    [ -z "$id" ] || live=releases/$id
  done
  [ -z "$live" ] || committed_is "${live#releases/}"
}

release_in() { # PORT: prints the release that its link leads to
  text=$(readlink "$b_base/slots/$1" 2>/dev/null) || text=''
  printf '%s' "${text##*/}"
}

committed_is() { # RELEASE: takes the release with the traffic as the committed one, if it ever was confirmed
  facts=$(
    file=$(states_with "$1" | grep '\.confirmed$' | tail -n 1)
    [ -z "$file" ] || ! read_state "$file" || printf '%s' "$r_manifest|$r_sha|$r_version"
  )
  [ -n "$facts" ] || return 0
  c_release=$1 c_manifest=${facts%%|*} facts=${facts#*|}
  c_sha=${facts%%|*} c_version=${facts#*|}
}

find_slot() { # sets slot, the idle one
  slot=''
  slots=$(slots_wanted)
  [ -n "$slots" ] || return 0
  code=lock-held why='a switch of its traffic is under way'
  if switch_says armed >/dev/null; then return 1; fi
  find_active
  code=no-idle-slot
  case $known in
  no)
    code='active-unknown'
    why="it is not known where traffic goes: $unknown"
    return 1
    ;;
  none) why="something listens on both ports, $slots, and blue-green-switch never ran here: it is not known where traffic goes" ;;
  yes) why="traffic goes to both slots, $active" ;;
  esac
  resting=''
  for port in $slots; do
    case " $active " in *" $port "*) continue ;; esac
    if ! listens "$port"; then
      slot=$port
      # A new proxy sends traffic to the first slot: until blue-green-switch runs, the last one is the idle one.
      [ $known = none ] || return 0
    fi
    [ -n "$resting" ] || resting=$port
  done
  if [ -n "$slot" ]; then return 0; fi
  [ $known = yes ] || return 1
  slot=$resting
  [ -n "$slot" ]
}

listens() { # PORT: whether it takes a connection, at the address of the check
  url=$(
    r_check_kind=''
    eval "${b_params-}"
    [ "$r_check_kind" != url ] || at_slot "$1" "$r_check"
  )
  if [ -n "$url" ] && command -v curl >/dev/null 2>&1; then
    curl -s -o /dev/null -m 3 "$url"
    [ $? -ne 7 ]
    return
  fi
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qi "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$1") [0-9A-F:]* 0A "
}

at_slot() { # PORT TEXT: prints the text with the port where {slot} stands
  rest=$2 filled='' mark='{slot}'
  while [ "$rest" != "${rest#*"$mark"}" ]; do
    filled=$filled${rest%%"$mark"*}$1
    rest=${rest#*"$mark"}
  done
  printf '%s' "$filled$rest"
}

use_slot() { # PORT: from here on r_… of this release are for that slot
  BELAY_SLOT=$1
  export BELAY_SLOT
  r_restart=$(at_slot "$1" "$r_restart")
  r_check=$(at_slot "$1" "$r_check")
  r_stop=$(at_slot "$1" "${r_stop-}")
  r_activate=$(at_slot "$1" "${r_activate-}")
  r_deactivate=$(at_slot "$1" "${r_deactivate-}")
}

used_releases() {
  for link in "$b_base"/slots/*; do
    [ ! -L "$link" ] || release_in "${link##*/}"
    printf '\n'
  done
}

# ---- filling the idle slot
prepare_slot() { # both links are made now: the undo is one rename, which needs no room
  was=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || was=''
  mkdir -p "$b_base/slots" && note "$work/was" "$was" && make_link forward "$r_slot" "../releases/$r_release" &&
    { [ -z "$was" ] || make_link back "$r_slot" "$was"; }
}

point_slot() { # LINK TEXT FROM: moves the slot's link, if it still is FROM; TEXT is empty for none
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
  # This fill was visible before this question. The switch does the reverse (steady), so that one of the two notices.
  if switch_says armed >/dev/null; then
    say 'failed fill a switch of its traffic is under way'
    return 1
  fi
  if may_have_traffic "$r_slot"; then
    say "failed fill $why"
    return 1
  fi
  if taken_by_stranger; then
    say "failed fill something other than $r_restart answers at $r_check: stop it, or give other slots"
    return 1
  fi
  # Before the link is moved: after a kill, the undo must know that it may have been moved. The slot is marked idle before
  # it starts, so that consumers and schedulers do not start there.
  if ! { (: >"$work/swapped") && note "$b_base/slots/$r_slot.state" idle; } 2>/dev/null; then
    say 'failed fill the disk is full'
    return 1
  fi
  read -r was <"$work/was" || was=''
  if ! point_slot forward "../releases/$r_release" "$was"; then
    rm -f "$work/swapped"
    say "failed fill $why"
    return 1
  fi
  start_new
}

taken_by_stranger() { # true where another process answers: its answers would be taken for those of the release
  [ "$r_check_kind" = url ] && command -v curl >/dev/null 2>&1 && driver stopped || return 1
  curl -s -o /dev/null -m 3 "$r_check"
  [ $? -ne 7 ]
}

leave_idle() { # the undo: stops the slot and restores its link
  if [ ! -e "$work/swapped" ]; then return 0; fi
  say 'phase undo'
  use_slot "$r_slot"
  wait_for_switch
  settle_switch restart
  if keeps_traffic "$r_slot"; then
    say "undo-failed $why: the slot keeps running with $r_release. Once traffic goes elsewhere, stop it by hand: sh $belay/$r_script.sh stop $r_slot"
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
  if [ "$here" != "$was" ] && ! point_slot back "$was" "$here"; then
    say "undo-failed $why"
    return 1
  fi
  driver put_back || {
    say "undo-failed $why"
    return 1
  }
}

leave_idle_at_boot() { # nothing is started yet, and the proxy cannot be asked: the state of the last switch decides
  if [ ! -e "$work/swapped" ]; then return 0; fi
  settle_switch
  if [ "$(cat "$b_base/slots/$r_slot.state" 2>/dev/null)" = active ] && [ -n "$(switch_to "$r_slot")" ]; then
    say "undo-failed traffic was switched to slot $r_slot: the slot keeps $r_release"
    return 1
  fi
  note "$b_base/slots/$r_slot.state" idle 2>/dev/null || :
  (use_slot "$r_slot" && driver skip_boot) || :
  read -r was <"$work/was" || was=''
  [ "$(readlink "$b_base/slots/$r_slot" 2>/dev/null)" = "$was" ] ||
    point_slot back "$was" "../releases/$r_release" || {
    say "undo-failed $why"
    return 1
  }
}

wait_for_switch() { # traffic may be on its way to the slot, or away from it
  clock
  switch_until=$((now + 120))
  while [ "$now" -lt $switch_until ] && switch_says armed >/dev/null; do
    pause
    clock
  done
}

settle_switch() { # [restart]: first undoes a switch whose process died, as it came last; one that is alive is not touched
  [ -e "$b_base/switch/.belay/blue-green-switch.sh" ] || return 0
  (
    exec 9>&-
    bounded 120 sh "$b_base/switch/.belay/blue-green-switch.sh" recover ${1+"$1"}
  ) >/dev/null 2>&1 || :
}

run_words() { # SECONDS WORDS
  eval "set -- \"\$1\" $2"
  BELAY_PATH=$b_base
  export BELAY_PATH
  bounded "$@"
}

expire() { # a fill moves no users: where its slot has got traffic since, the switch's confirm is the release's
  if [ -z "${r_slot-}" ]; then
    turn "$name" armed undoing 'the confirm timeout: no confirm came in time' || :
    return 0
  fi
  [ "$now" -ge "${next_look:-0}" ] || return 0
  next_look=$((now + 1))
  if switch_says armed >/dev/null; then return 0; fi
  if may_have_traffic "$r_slot"; then
    if [ "$(switch_to "$r_slot")" = confirmed ]; then
      turn "$name" armed confirmed 'the switch of its traffic, which was confirmed' || :
      return 0
    fi
    # A proxy that is just restarting does not answer; that must not make the result mixed.
    if [ $known = no ] && [ "$now" -lt $((until + 60)) ]; then return 0; fi
  fi
  turn "$name" armed undoing 'the time limit: no confirm came in time' || :
}

switch_to() { # PORT: prints the state of the newest switch that was neither released nor undone, if it moved traffic there
  last=''
  for file in "$b_base"/switch/.belay/states/*.*; do
    case $file in *'*.*' | *.released | *.undone) ;; *) last=$file ;; esac
  done
  # One that cannot be read may have moved it there.
  (
    if read_state "$last" && [ "$r_slot" != "$1" ]; then exit 0; fi
    printf '%s' "${last##*.}"
  )
}

# ---- what other scripts of this host ask for: sh BASE/.belay/deploy-ssh.sh WORD …
slot_facts() { # PORT: reads the state of the newest release with this slot
  reversed=''
  # Their paths have no spaces, for the input path has none.
  for file in "$states"/*.*; do reversed="$file $reversed"; done
  for file in $reversed; do
    read_state "$file" || continue
    case " $r_slots " in
    *" $1 "*)
      use_slot "$1"
      return 0
      ;;
    esac
  done
  complain "$b_base has no slot $1"
  return 1
}

complain() { printf '%s\n' "$*" >&2; }

host_tell() { # PORT active|idle: marks the slot and runs its hook, so that consumers and schedulers run in one slot only
  slot_facts "$1" || return 1
  if ! note "$b_base/slots/$1.state" "$2"; then
    complain "cannot write $b_base/slots/$1.state"
    return 1
  fi
  case $2 in
  active)
    if ! driver enable; then
      complain "$why"
      return 1
    fi
    hook=$r_activate
    ;;
  idle) hook=$r_deactivate ;;
  *)
    complain "a slot is active or idle, not \"$2\""
    return 1
    ;;
  esac
  if [ -n "$hook" ] && ! run_words 60 "$hook" >/dev/null; then
    complain "slot $1 is marked $2, but this command failed: $hook"
    return 1
  fi
}

host_mark() { # PORT active|idle: the same before anything was started, so that no hook could reach it
  note "$b_base/slots/$1.state" "$2" || return 1
  if [ "$2" = idle ] && slot_facts "$1"; then driver disable; fi
  return 0
}

host_disable() { # PORT: its unit keeps running, and does not start after a reboot; never for a slot with traffic
  slot_facts "$1" || return 1
  if may_have_traffic "$1"; then
    complain "$why: it stays enabled and starts after a reboot"
    return 1
  fi
  driver disable && return 0
  complain "$why"
  return 1
}

host_steady() { # PORT: false while a release is on its way into that slot or out of it
  newest
  case $state in
  armed) [ ! -e "$belay/work/$name/passed" ] || return 0 ;;
  undoing) ;;
  *) return 0 ;;
  esac
  load "$name" || return 0
  [ "$r_slot" = "$1" ] || return 0
  complain "a release is at work in slot $1: $(cat "$belay/holder" 2>/dev/null)"
  return 1
}

host_stop() { # PORT [RELEASE]: never a slot with traffic, nor another release, and not while a release is at work here
  slot_facts "$1" || return 1
  if ! open_lock; then
    complain "cannot write $belay/lock"
    return 1
  fi
  tries=0
  # A release that has just confirmed releases its lock a moment later.
  until flock -n 9; do
    tries=$((tries + 1))
    if [ $tries -gt 50 ]; then
      complain "a release is at work here: $(cat "$belay/holder" 2>/dev/null)"
      return 1
    fi
    pause
  done
  if [ -n "${2-}" ] && [ "$(release_in "$1")" != "$2" ]; then
    complain "slot $1 holds $(release_in "$1"), not $2: it keeps running"
    return 1
  fi
  if switch_says armed >/dev/null; then
    complain "a switch of its traffic is under way: slot $1 keeps running"
    return 1
  fi
  if may_have_traffic "$1"; then
    complain "$why: it keeps running"
    return 1
  fi
  (
    exec 9>&-
    driver stop
  ) || {
    complain "slot $1 could not be stopped"
    return 1
  }
}

host_holds() { # PORT: prints RELEASE SHA VERSION of the slot
  id=$(release_in "$1")
  file=$(states_with "$id" | tail -n 1)
  if [ -n "$file" ] && read_state "$file"; then id="$id $r_sha $r_version"; fi
  printf '%s\n' "$id"
}

host_answers() { # PORT [SHA]: whether the slot passes its check now; with SHA, whether its answer contains that
  slot_facts "$1" || return 1
  if ! answers_now >/dev/null; then
    complain "slot $1: $why"
    return 1
  fi
  if [ -n "${2-}" ] && ! answer | grep -qF -e "$2"; then
    complain "slot $1 passes its check, but its answer does not name $2"
    return 1
  fi
}

# ---- inspect
inspect_further() { # slot PORT TRAFFIC TOLD RELEASE
  (
    eval "${b_params-}"
    [ -z "${r_restart_kind-}" ] || inspect_service
  )
  slots=$(slots_wanted)
  [ -n "$slots" ] || return 0
  say "fact live $live"
  if find_slot; then say "fact slot $slot"; else say "fact no-slot $code $why"; fi
  for port in $slots; do
    traffic=no
    case $known in yes) case " $active " in *" $port "*) traffic=yes ;; esac ;; *) traffic=unknown ;; esac
    told=$(cat "$b_base/slots/$port.state" 2>/dev/null) || told=-
    say "slot $port $traffic ${told:--} $(release_in "$port")"
  done
}
