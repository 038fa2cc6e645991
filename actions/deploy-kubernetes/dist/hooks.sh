# shellcheck shell=sh disable=SC2154,SC2034 # shared with the other files
# What an action adds to the shared part. It must define these:
#   prepare_change        before the timeout starts, prepares what undo_change must not have to make on a full disk
#   do_change             makes the change; returns 0 on success, else reports `failed PHASE WHY` and returns 1
#   undo_change           undoes what do_change changed, as far as it got; on failure reports `undo-failed WHY`, returns 1
#   undo_change_at_boot   the same before anything was started, so without restarting anything; 3 where only a later
#                         `recover restart` can do it
# It may define these hooks, whose defaults are here:
#   hook_live             sets live: what serves now, as the text of a link
#   hook_slot             with slots, sets slot: the one that the release goes to; else code and why, and returns 1
#   hook_facts            sets facts: lines for the change, of what only the host knows; else code and why, returns 1
#   hook_used_releases    prints further releases that nothing may remove, a line each
#   hook_inspect          prints further results of `inspect`
#   hook_confirmed        what is left to do, still under the lock, as soon as the transaction is confirmed
#   hook_ended            what is left to do, still under the lock, once the transaction has ended in any way
#   hook_retain           what is left to do, without the lock, once it was confirmed
#   host_WORD             what people and a boot may call: sh BASE/.belay/NAME.sh WORD ARGUMENT…

hook_live() { live=$(readlink "$b_base/current" 2>/dev/null) || live=''; }

hook_slot() { slot=''; }

hook_facts() { facts=''; }

hook_used_releases() { :; }

hook_inspect() { :; }

hook_confirmed() { :; }

hook_ended() { :; }

hook_retain() { :; }
