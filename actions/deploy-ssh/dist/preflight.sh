# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the values of the planned release
# What preflight inspects on a host beyond what every action inspects. Changes nothing. It says
#   missing CODE TEXT   what stops the release
#   doubt CODE TEXT     what the runner turns into a warning or a refusal

inspect_service() {
  driver missing
  inspect_programs check "$([ "$r_check_kind" != command ] || printf '%s' "$r_check")"
  inspect_programs activate "$r_activate"
  inspect_programs deactivate "$r_deactivate"
  if [ -n "$r_slots" ]; then
    case $active in '' | *' '*) return 0 ;; esac
    use_slot "$active"
  else
    inspect_running
  fi
  [ -z "$c_release" ] || [ "$r_check_kind" != url ] || inspect_live
}

inspect_programs() { # INPUT WORDS: the program of a command has to exist before it is needed
  [ -n "$2" ] || return 0
  program=$(
    eval "set -- $2"
    printf '%s' "$1"
  )
  case $program in
  "$b_base"/current/* | "$b_base"/slots/* | *'{slot}'*) return 0 ;;
  esac
  command -v "$program" >/dev/null 2>&1 || say "missing program-missing $1: there is no program $program"
}

inspect_running() { # finds what runs already and was not released here, or not by this unit
  if [ -z "$c_release" ]; then
    replaced=$(driver running_before)
    [ -z "$replaced" ] || say "doubt first-release $replaced"
  fi
  [ "$r_check_kind" = url ] && driver is_stopped || return 0
  check_once || return 0
  say "doubt check-answered-by-other $r_restart is stopped, but something else answers at $r_check: its answers would be taken for those of the release"
}

inspect_live() { # checks what serves now, by the new check and by its own
  check_once && return 0
  today=$why
  use_check_of "$c_release"
  [ -z "$r_slots" ] || use_slot "$active"
  if [ "$r_check_kind" != url ]; then
    say "doubt check-fails-live $c_release serves and fails this check: $today. The check that it was committed with is no URL, and preflight does not run it"
    return 0
  fi
  if check_once; then
    say "doubt check-fails-live $c_release serves and fails this check: $today. It passes the check that it was committed with"
  else
    say "doubt live-fails $c_release fails its check: $why. If this release fails, it is restored as it is"
  fi
}
