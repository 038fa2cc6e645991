# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the values of the release to come
# What preflight asks of a host beyond what every action asks. Changes nothing. It says
#   missing CODE TEXT   what stops the release
#   doubt CODE TEXT     what the runner decides about: a warning, or a refusal

inspect_service() {
  driver missing
  inspect_programs check "$([ "$r_check_kind" != command ] || printf '%s' "$r_check")"
  inspect_programs activate "$r_activate"
  inspect_programs deactivate "$r_deactivate"
  if [ -n "$r_slots" ]; then
    # What has the traffic is asked, if one slot alone has it.
    case $active in '' | *' '*) return 0 ;; esac
    use_slot "$active"
  else
    inspect_running
  fi
  [ -z "$c_release" ] || [ "$r_check_kind" != url ] || inspect_live
}

inspect_programs() { # INPUT WORDS: the program of a command has to be there before it is needed
  [ -n "$2" ] || return 0
  program=$(
    eval "set -- $2"
    printf '%s' "$1"
  )
  case $program in
  # It comes with the release.
  "$b_base"/current/* | "$b_base"/slots/* | *'{slot}'*) return 0 ;;
  esac
  command -v "$program" >/dev/null 2>&1 || say "missing program-missing $1: there is no program $program"
}

inspect_running() { # what runs already, and was not released here, or not by this unit
  if [ -z "$c_release" ]; then
    replaced=$(driver replaces)
    [ -z "$replaced" ] || say "doubt first-release $replaced"
  fi
  [ "$r_check_kind" = url ] && driver stopped || return 0
  # shellcheck disable=SC2119
  check_once || return 0
  say "doubt check-answered-by-other something else than $r_restart answers at $r_check, for that is stopped: its answers would pass for the release's"
}

inspect_live() { # what serves now, asked by today's check and by its own
  # shellcheck disable=SC2119
  check_once && return 0
  today=$why
  use_check_of "$c_release"
  # Its words are as they were given, with {slot}.
  [ -z "$r_slots" ] || use_slot "$active"
  if [ "$r_check_kind" != url ]; then
    # A command of the team's may do anything, and nothing is to be changed here.
    say "doubt check-fails-live $c_release serves, and fails this check: $today. The one that it was committed with is no URL, and is not asked here"
    return 0
  fi
  # shellcheck disable=SC2119
  if check_once; then
    say "doubt check-fails-live $c_release serves, and fails this check: $today. It passes the one that it was committed with"
  else
    say "doubt live-fails $c_release fails its check: $why. If this release fails, it is what comes back"
  fi
}
