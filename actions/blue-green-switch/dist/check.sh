# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# The host's own check of a service, and the proof that the new release passed it: its process, where the driver can
# observe one, or the commit that its answer names.

check() { # SHA OTHER: repeats the check until it passes, for check_timeout seconds; sets why. SHA is the commit of the
  clock
  check_until=$((now + r_check_timeout))
  while :; do
    if check_once; then
      is_verified "$1" "$2" && return 0
    fi
    clock
    if [ "$now" -ge $check_until ]; then return 1; fi
    before_lost=$why
    if driver is_gone; then
      why="$why; $before_lost"
      return 1
    fi
    why=$before_lost
    pause
  done
}

is_verified() { # SHA OTHER: true where the started release is what passed; else sets why
  named=$(named_by_answer "$1" "$2")
  case $named in
  other)
    why="$r_check is answered by the previous release ($2)"
    return 1
    ;;
  '') driver wait_stable ;;
  esac
  if ! driver is_stable; then
    why="$why; the check had passed before"
    return 1
  fi
  [ -n "$named" ] || driver was_seen || say "unproved $(unproved)"
}

unproved() { # prints what could not be verified
  case $r_check_kind in
  url) printf '%s' "$r_check answered, but no process of this release was found, and the answer does not name its commit" ;;
  command) printf '%s' 'the check command passed, but no process of this release was found' ;;
  none) printf '%s' 'no check was given, and no process of this release was found' ;;
  esac
}

named_by_answer() { # SHA OTHER: prints `this` or `other` where the check's answer names one of these commits
  [ "$r_check_kind" = url ] && [ -n "$1" ] && [ "$1" != "$2" ] || return 0
  case $(answer | dd bs=4096 count=256 2>/dev/null | tr -d '\0') in
  *"$1"*) printf this ;;
  *"$2"*) [ -z "$2" ] || printf other ;;
  esac
}

check_once() {
  case $r_check_kind in
  url)
    ask_status
    why="$r_check $reply"
    case $status in 2??) return 0 ;; esac
    return 1
    ;;
  command)
    eval "set -- $r_check"
    why="check command failed: $1"
    bounded 10 "$@"
    ;;
  none)
    why='no check was given'
    driver wait_stable
    ;;
  esac
}

ask_status() { # sets status, empty without a complete answer, and reply, the text for it
  if command -v curl >/dev/null 2>&1; then
    status=$(curl -s -o /dev/null -m 5 -w '%{http_code}' "$r_check")
    ended=$?
  else
    status=''
    wget -q -T 5 -O /dev/null "$r_check"
    ended=w$?
    [ $ended != w0 ] || status=200
  fi
  reply="answered with status $status"
  case $ended in 0 | w0) return 0 ;; esac
  status=''
  case $ended in
  6) reply='names a host that this host cannot resolve' ;;
  7) reply='was refused: nothing listens at that address and port' ;;
  28) reply='gave no complete answer within 5 s' ;;
  52 | 56) reply='closed the connection without an answer' ;;
  35 | 51 | 58 | 59 | 60 | w5) reply='failed in TLS: check its certificate' ;;
  w8) reply='answered with an error status' ;;
  w*) reply="gave no valid answer (wget exit status ${ended#w})" ;;
  *) reply="gave no answer (curl exit status $ended)" ;;
  esac
}

answer() { # prints the answer to the check
  case $r_check_kind in
  url) if command -v curl >/dev/null 2>&1; then curl -s -m 5 "$r_check"; else wget -q -T 5 -O - "$r_check"; fi ;;
  command) run_words 10 "$r_check" ;;
  esac
}

answers_now() { # sets why
  driver snapshot
  check_once || return 1
  driver is_stable && return 0
  why="$why; the check had passed before"
  return 1
}

use_check_of() { # RELEASE: from here on the check is that release's, where it is known
  file=$(confirmed_with "$1" | tail -n 1)
  [ -n "$file" ] || return 0
  own=$(read_state "$file" && print_assignment r_check_kind "$r_check_kind" && print_assignment r_check "$r_check" &&
    print_assignment own_timeout "$r_check_timeout") || return 0
  eval "$own"
  [ "$own_timeout" -le "$r_check_timeout" ] || r_check_timeout=$own_timeout
}

check_previous() { # checks r_previous, which was restarted; sets why
  new_kind=$r_check_kind new_check=$r_check new_timeout=$r_check_timeout
  use_check_of "$r_previous"
  check "$r_previous_sha" "$r_sha"
  passed=$?
  r_check_kind=$new_kind r_check=$new_check r_check_timeout=$new_timeout
  return $passed
}

note_failing_checks() { # before anything is changed: what fails already now, the new release did not cause
  [ -n "$r_previous" ] && [ "$r_check_kind" = url ] || return 0
  check_once || write_atomic "$work/failed-before" "$why" 2>/dev/null || :
  (
    use_check_of "$r_previous"
    [ "$r_check_kind" != url ] || check_once || write_atomic "$work/was-failing" "$why" 2>/dev/null || :
  )
}
