# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the release's state file, why goes to the caller
# What other scripts of this host, and people, ask of a slot: sh BASE/.belay/deploy-ssh.sh WORD …

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
  if ! write_atomic "$b_base/slots/$1.state" "$2"; then
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
  write_atomic "$b_base/slots/$1.state" "$2" || return 1
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
  find_latest
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
