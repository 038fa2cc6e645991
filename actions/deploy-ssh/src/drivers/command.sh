# shellcheck shell=sh disable=SC2154 # r_… come from the release's state file
# A command of the team's restarts the service (r_restart, a list of quoted words; r_stop for a slot), or nothing does.

command_restart() { # RELEASE
  eval "set -- \"\$1\" $r_restart"
  BELAY_RELEASE=$1 BELAY_PATH=$b_base
  export BELAY_RELEASE BELAY_PATH
  shift
  bounded 120 "$@"
}

command_stop() { run_words 120 "$r_stop"; }
command_began() { :; }
command_steady() { :; }
command_lost() { false; }
command_settle() { :; }
command_tail() { :; }
command_facts() { :; }
command_prepare() { :; }
command_put_back() { :; }
command_tidy() { :; }
command_missing() { :; }

none_restart() { :; }
none_began() { :; }
none_steady() { :; }
none_lost() { false; }
none_settle() { :; }
none_tail() { :; }
none_facts() { :; }
none_prepare() { :; }
none_put_back() { :; }
none_tidy() { :; }
none_missing() { :; }
