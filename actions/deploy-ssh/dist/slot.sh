# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change
# What a slot is: its release, its role, what runs in it, and whether it may be stopped. The functions slot_… read the values
# of the release in it into r_…; where they fail, they say why on standard error.

release_in() { # PORT: prints the release that its link leads to
  text=$(readlink "$b_base/slots/$1" 2>/dev/null) || text=''
  printf '%s' "${text##*/}"
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

port_listens() { # PORT
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    grep -q "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$1") [0-9A-F:]* 0A "
}

run_words() { # SECONDS WORDS
  eval "set -- \"\$1\" $2"
  BELAY_PATH=$b_base
  export BELAY_PATH
  bounded "$@"
}

slot_facts() { # PORT: reads the values of the newest release with this slot
  reversed=''
  for file in "$changes"/*.release; do reversed="$file $reversed"; done
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

prepare_roles() { # PORT…: makes both role files of each slot while there is room: an undo on a full disk is one rename
  [ -d "$b_base/slots" ] || return 0
  for port in "$@"; do
    for role in active idle; do
      [ -e "$b_base/slots/.$port.$role" ] || write_atomic "$b_base/slots/.$port.$role" "$role" || return 1
    done
  done
}

write_role() { # PORT active|idle
  { write_atomic "$b_base/slots/$1.state" "$2" || mv -f "$b_base/slots/.$1.$2" "$b_base/slots/$1.state"; } 2>/dev/null
}

slot_set_role() { # PORT active|idle: marks the slot and runs its hook, so that consumers and schedulers run in one slot only
  slot_facts "$1" || return 1
  if ! write_role "$1" "$2"; then
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

slot_mark_role() { # PORT active|idle: the same before anything was started, so that no hook could reach it
  write_role "$1" "$2" || return 1
  if [ "$2" = idle ] && slot_facts "$1"; then driver disable; fi
  return 0
}

slot_disable() { # PORT: its unit keeps running, and does not start after a reboot; never for a slot with traffic
  slot_facts "$1" || return 1
  if may_have_traffic "$1"; then
    complain "$why: it stays enabled and starts after a reboot"
    return 1
  fi
  driver disable && return 0
  complain "$why"
  return 1
}

slot_stop() { # PORT [RELEASE]: not while a transaction is open here
  if ! open_lock; then
    complain "cannot write $belay/lock"
    return 1
  fi
  tries=0
  until flock -n 9; do
    tries=$((tries + 1))
    if [ $tries -gt 50 ]; then
      complain "a release is at work here: $(cat "$belay/holder" 2>/dev/null)"
      return 1
    fi
    pause
  done
  stop_slot "$@"
}

stop_slot() { # PORT [RELEASE]: under the lock; never a slot with traffic, nor another release
  slot_facts "$1" || return 1
  if [ -n "${2-}" ] && [ "$(release_in "$1")" != "$2" ]; then
    complain "slot $1 holds $(release_in "$1"), not $2: it keeps running"
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

slot_release() { # PORT: prints RELEASE SHA VERSION of the slot
  id=$(release_in "$1")
  file=$(changes_with "$id" | tail -n 1)
  if [ -n "$file" ] && read_state "$file"; then id="$id $r_sha $r_version"; fi
  printf '%s\n' "$id"
}

slot_answers() { # PORT [SHA]: whether the slot passes its check now; with SHA, whether its answer contains that
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
