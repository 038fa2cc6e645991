# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# A command of the team restarts the service: r_restart, a list of quoted words; for slots r_stop is another. Only the team
# knows what it runs and where: Belay cannot observe it.

command_restart() { # RELEASE
  why="command:$r_restart ended with an error or took too long"
  eval "set -- \"\$1\" $r_restart"
  BELAY_RELEASE=$1 BELAY_PATH=$b_base
  export BELAY_RELEASE BELAY_PATH
  shift
  bounded 120 "$@"
}

command_snapshot() { :; }

command_is_stable() { :; }

command_was_seen() { false; }

command_unreadable_logs() { :; }

command_running_before() {
  if [ "$r_check_kind" = url ] && check_once; then printf '%s\n' "something answers at $r_check"; fi
}

command_is_gone() { false; }

command_wait_stable() { :; }

command_tail() { :; }

command_facts() { :; }

command_prepare() { :; }

command_restore() { :; }

command_tidy() { :; }

command_missing() {
  inspect_programs restart "$r_restart"
  inspect_programs stop "$r_stop"
}

command_started_by_boot() { false; }

command_stop() {
  why="$r_stop ended with an error or took too long"
  run_words 120 "$r_stop"
}

command_is_stopped() { false; }

command_enable() { :; }

command_disable() { :; }

command_skip_boot() { :; }
