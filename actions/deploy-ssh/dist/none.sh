# shellcheck shell=sh
# Nothing is restarted: what serves the release reads it again on its own. The inputs refuse slots with it.

none_restart() { :; }
none_began() { :; }
none_steady() { :; }
none_seen() { false; }
none_unread() { :; }
none_replaces() { :; }
none_lost() { false; }
none_settle() { :; }
none_tail() { :; }
none_facts() { :; }
none_prepare() { :; }
none_put_back() { :; }
none_tidy() { :; }
none_missing() { :; }
none_booted() { false; }
none_stop() { :; }
none_stopped() { false; }
none_enable() { :; }
none_disable() { :; }
none_skip_boot() { :; }
