# shellcheck shell=sh disable=SC2154 # r_… come from a change, b_… as assignments
# Two commits of Belay may speak different protocols (docs/decisions/host-protocol.md). A change has the
# number of the one that began it; a command that changes something brings its own.

assert_same_protocol() { # NAME: refuses to order what another protocol has open
  state_of "$1"
  case $state in held | armed | undoing) ;; *) return 0 ;; esac
  has_same_protocol "$1" ||
    refuse protocol-differs "$1 is open there under protocol ${r_protocol:-0} of Belay, and this step has protocol $b_protocol"
}

is_foreign() { # true where another protocol began name, which is in state, and something of it is left to do
  case $state in
  armed | undoing) ;;
  confirmed) [ -e "$belay/work/$name/unfinished" ] || return 1 ;;
  *) return 1 ;;
  esac
  ! has_same_protocol "$name"
}

has_same_protocol() { # NAME: all of its changes have the same; sets r_protocol and r_script
  for file in "$changes/$1".*; do
    ! read_state "$file" || break
  done
  [ "$r_protocol" = "$b_protocol" ]
}
