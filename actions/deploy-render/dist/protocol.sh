# shellcheck shell=sh disable=SC2154 # r_… come from a state file, b_… as assignments
# Two commits of Belay may speak different protocols (docs/decisions/host-protocol.md). The state file of a release has the
# number of the one that began it; a command that changes something brings its own.

assert_same_protocol() { # NAME: refuses to order what another protocol has open
  load "$1" || return 0
  case $state in held | armed | undoing) ;; *) return 0 ;; esac
  [ "$r_protocol" = "$b_protocol" ] ||
    refuse protocol-differs "$1 is open there under protocol ${r_protocol:-0} of Belay, and this step has protocol $b_protocol"
}

is_foreign() { # true where another protocol began name, which is in state, and something of it is left to do
  case $state in
  armed | undoing) ;;
  confirmed) [ -e "$belay/work/$name/unfinished" ] || return 1 ;;
  *) return 1 ;;
  esac
  load "$name" && [ "$r_protocol" != "$b_protocol" ]
}
