# shellcheck shell=sh disable=SC2154 # work comes from the shared part
# The changes of blue-green-switch: a move on a proxy's host (move.sh); where that is another host than the slots', a claim on
# a slot and the roles of both on the slots' host (claim.sh). Which one it is says the name of its folder.

prepare_change() { "${work##*/}_prepare"; }

do_change() { "${work##*/}_do"; }

undo_change() { "${work##*/}_undo"; }

undo_change_at_boot() { "${work##*/}_undo_at_boot"; }

hook_confirmed() { case ${work##*/} in move) move_confirmed ;; esac }

hook_retain() { case ${work##*/} in move) move_retain ;; esac }
