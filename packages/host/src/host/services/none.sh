# shellcheck shell=sh
# Nothing is restarted: what serves the release reads it again on its own. The inputs refuse slots with it.

none_restart() { :; }

none_snapshot() { :; }

none_is_stable() { :; }

none_was_seen() { false; }

none_unreadable_logs() { :; }

none_running_before() { :; }

none_is_gone() { false; }

none_wait_stable() { :; }

none_tail() { :; }

none_facts() { :; }

none_prepare() { :; }

none_restore() { :; }

none_tidy() { :; }

none_missing() { :; }

none_started_by_boot() { false; }

none_stop() { :; }

none_is_stopped() { false; }

none_enable() { :; }

none_disable() { :; }

none_skip_boot() { :; }
