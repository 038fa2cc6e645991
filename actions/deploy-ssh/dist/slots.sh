# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from the release's state file; the rest is shared with host.sh
# deploy-ssh's part for services with two slots: the release goes to the one without traffic, `slots/PORT` leads to it.
# Its facts come from the state file as r_…: slots (both ports), slot (the one chosen under the lock), stop, activate,
# deactivate; in restart, check and these, {slot} stands for the port.
#
# Where traffic goes is the proxy's word, asked of the other script of this service, which moves it. No users are moved
# here, and yet the process of a fill waits for its confirm and ends by itself: while it lives the lock keeps others out
# of the slot, and if the runner is lost, no release that nobody proved stays running there.

switch_says() { # WORD: what blue-green-switch knows of this service, or why not; 127 where it never was here
  [ -e "$b_base/switch/.belay/blue-green-switch.sh" ] || return 127
  # Not to be held open by what it starts, nor by the lock.
  (
    exec 9>&-
    bounded 15 sh "$b_base/switch/.belay/blue-green-switch.sh" "$1" 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with unknown, why nobody knows; or none
  # where nothing moves it yet
  unknown='' active=$(switch_says active)
  case $? in
  0) known=yes ;;
  127) known=none active='' ;;
  124) known=no active='' unknown='the proxy was asked for 15 s in vain' ;;
  *)
    known=no unknown=$(printf '%s\n' "$active" | tail -n 1) active=''
    unknown=${unknown:-ask: sh $b_base/switch/.belay/blue-green-switch.sh active}
    ;;
  esac
}

may_have_traffic() { # PORT: true unless it is certain that none goes there; sets why
  find_active
  case $known in
  none) return 1 ;;
  no) why="nobody knows whether traffic goes to slot $1 ($unknown)" ;;
  yes)
    case " $active " in *" $1 "*) ;; *) return 1 ;; esac
    why="traffic goes to slot $1"
    ;;
  esac
}

keeps_traffic() { # PORT: the same; a proxy that cannot be asked just now is asked again for a while
  clock
  asked_until=$((now + 15))
  while may_have_traffic "$1"; do
    clock
    if [ "$known" = yes ] || [ "$now" -ge $asked_until ]; then return 0; fi
    pause
  done
  return 1
}

slots_wanted() { # prints both ports, of the release that is asked about or at work; nothing where it has no slots
  (
    r_slots=''
    eval "${b_params-}"
    printf '%s' "$r_slots"
  )
}

live_now() { # with slots, what has the traffic is what serves, and what was committed there
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

committed_is() { # RELEASE: what has traffic is what to compare with, if it ever was confirmed
  facts=$(
    file=$(states_with "$1" | grep '\.confirmed$' | tail -n 1)
    [ -z "$file" ] || ! read_state "$file" || printf '%s' "$r_manifest|$r_sha|$r_version"
  )
  [ -n "$facts" ] || return 0
  c_release=$1 c_manifest=${facts%%|*} facts=${facts#*|}
  c_sha=${facts%%|*} c_version=${facts#*|}
}

find_slot() { # the one without traffic
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
    why="where traffic goes cannot be known: $unknown"
    return 1
    ;;
  none) why="something listens on both ports, $slots, and no blue-green-switch has told yet where traffic goes" ;;
  yes) why="traffic goes to both slots, $active" ;;
  esac
  resting=''
  for port in $slots; do
    case " $active " in *" $port "*) continue ;; esac
    if ! listens "$port"; then
      slot=$port
      # A proxy is prepared with the first one in its file: as long as nobody knows, the last one is the idle one.
      [ $known = none ] || return 0
    fi
    [ -n "$resting" ] || resting=$port
  done
  if [ -n "$slot" ]; then return 0; fi
  [ $known = yes ] || return 1
  slot=$resting
  [ -n "$slot" ]
}

listens() { # PORT: whether a connection to it is taken, on whatever address the check asks
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

use_slot() { # PORT: from here on the words of this release mean that slot
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
prepare_slot() { # both links are made now: the way back is one rename, which needs no room
  was=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || was=''
  mkdir -p "$b_base/slots" && note "$work/was" "$was" && make_link forward "$r_slot" "../releases/$r_release" &&
    { [ -z "$was" ] || make_link back "$r_slot" "$was"; }
}

point_slot() { # LINK TEXT FROM: moves the slot's link, if it still is FROM; TEXT is empty for none
  here=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || here=''
  if [ "$here" != "$3" ]; then
    why="slots/$r_slot is \"$here\", not \"$3\" as this release left it: somebody else changed it, it stays"
    return 1
  fi
  if [ -z "$2" ]; then
    rm -f "$b_base/slots/$r_slot"
    return
  fi
  why="slots/$r_slot could not be moved to $2"
  [ -L "$work/$1/$r_slot" ] || make_link "$1" "$r_slot" "$2" && mv -f "$work/$1/$r_slot" "$b_base/slots/"
}

is_warm() { # the slot holds this release already, running and well
  [ "$(readlink "$b_base/slots/$r_slot" 2>/dev/null)" = "../releases/$r_release" ] && answers_now
}

fill_slot() {
  use_slot "$r_slot"
  if is_warm; then
    say 'phase check'
    return 0
  fi
  say 'phase link'
  # That a release is at work here was to be seen before this is asked; the switch does it the other way round (steady).
  if switch_says armed >/dev/null; then
    say 'failed fill a switch of its traffic is under way'
    return 1
  fi
  if may_have_traffic "$r_slot"; then
    say "failed fill $why"
    return 1
  fi
  if taken_by_stranger; then
    say "failed fill something else than $r_restart answers at $r_check: stop it, or give other slots"
    return 1
  fi
  # Before it is done: whoever comes after a kill must know that it may have been done. And before it starts it is told
  # that it is idle, so that what consumes and schedules does not start there.
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

taken_by_stranger() { # its answers would pass for the release's
  [ "$r_check_kind" = url ] && command -v curl >/dev/null 2>&1 && driver stopped || return 1
  curl -s -o /dev/null -m 3 "$r_check"
  [ $? -ne 7 ]
}

leave_idle() { # the undo: the slot is stopped, and its link leads again where it led
  if [ ! -e "$work/swapped" ]; then return 0; fi
  say 'phase undo'
  use_slot "$r_slot"
  wait_for_switch
  settle_switch restart
  if keeps_traffic "$r_slot"; then
    say "undo-failed $why: it stays running there with $r_release; when traffic goes elsewhere, by hand: sh $belay/$r_script.sh stop $r_slot"
    return 1
  fi
  read -r was <"$work/was" || was=''
  here=$(readlink "$b_base/slots/$r_slot" 2>/dev/null) || here=''
  case $here in
  "$was" | "../releases/$r_release") ;;
  *)
    say "undo-failed slots/$r_slot is \"$here\": somebody else changed it, it stays"
    return 1
    ;;
  esac
  if ! driver stop; then
    say "undo-failed slot $r_slot is without traffic, but could not be stopped"
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

leave_idle_at_boot() { # nothing is started yet, and the proxy cannot be asked: what the switch left says it
  if [ ! -e "$work/swapped" ]; then return 0; fi
  settle_switch
  if [ "$(cat "$b_base/slots/$r_slot.state" 2>/dev/null)" = active ] && [ -n "$(switch_to "$r_slot")" ]; then
    say "undo-failed traffic was switched to slot $r_slot: it stays, with $r_release"
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

settle_switch() { # [restart]: a switch whose process died goes first, as it came last; one that is alive is left alone
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

expire() { # a fill moves no users: where its slot has got traffic meanwhile, the switch's confirm is the release's
  if [ -z "${r_slot-}" ]; then
    turn "$name" armed undoing 'the countdown: nobody confirmed in time' || :
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
    # A proxy that is just restarting says nothing; that alone must not be called mixed.
    if [ $known = no ] && [ "$now" -lt $((until + 60)) ]; then return 0; fi
  fi
  turn "$name" armed undoing 'the time limit: nobody confirmed in time' || :
}

switch_to() { # PORT: prints the state of the newest switch that did not come to nothing, if it moved traffic there
  last=''
  for file in "$b_base"/switch/.belay/states/*.*; do
    case $file in *'*.*' | *.released | *.undone) ;; *) last=$file ;; esac
  done
  # Of one that cannot be read nobody knows that it did not.
  (
    if read_state "$last" && [ "$r_slot" != "$1" ]; then exit 0; fi
    printf '%s' "${last##*.}"
  )
}

# ---- what other scripts of this host ask for: sh BASE/.belay/deploy-ssh.sh WORD …
slot_facts() { # PORT: reads what the newest release with this slot says of it
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

host_tell() { # PORT active|idle: a slot without traffic is told so, that what consumes and schedules runs in one only
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
    complain "slot $1 was told that it is $2, but this failed: $hook"
    return 1
  fi
}

host_mark() { # PORT active|idle: the same before anything was started, so that there is nobody to be told by a hook
  note "$b_base/slots/$1.state" "$2" || return 1
  if [ "$2" = idle ] && slot_facts "$1"; then driver disable; fi
  return 0
}

host_disable() { # PORT: its unit keeps running, and does not start after a reboot; never what traffic goes to
  slot_facts "$1" || return 1
  if may_have_traffic "$1"; then
    complain "$why: it starts after a reboot, too"
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

host_stop() { # PORT [RELEASE]: never what traffic goes to, nor another release, and not while one is at work here
  slot_facts "$1" || return 1
  if ! open_lock; then
    complain "cannot write $belay/lock"
    return 1
  fi
  tries=0
  # Whoever has just confirmed gives its lock back a moment later.
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

host_holds() { # PORT: prints RELEASE SHA VERSION of what is in the slot
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

# ---- look
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
