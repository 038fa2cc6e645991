# shellcheck shell=sh disable=SC2154 # r_… come from the change
# A driver, services/KIND.sh, knows one way to run a service: systemd, a command, Compose, or none at all. The
# change names its kind; what it is to run (a unit, words, a folder) is r_restart. For each of these words, and for
# no others, it defines KIND_WORD:
#   restart RELEASE   runs what `current`, or the slot, leads to. Without RELEASE: stops the service
#   snapshot          notes what runs now
#   is_stable         true while that still runs, as far as it can be observed; else sets why, and notes what runs now
#   was_seen          true where is_stable has observed a process that the restart began
#   is_gone           true, with why, where the service will not start any more; false where that cannot be observed
#   wait_stable       waits until a process that ends at once would have ended: after it, is_stable is reliable
#   tail              prints its last lines, 30 of each process; for the job's log only
#   unreadable_logs   prints which of them cannot be read: journal, nowhere or file PATH; nothing where all can be
#   running_before    prints what runs already and would stay stopped after the undo of a first release
#   facts             prints what only the host knows of it, as lines for the change; else CODE WHY, and returns 1
#   prepare           before the confirm timeout: makes what restart and restore could not make on a full disk
#   restore           restores what it had set beside the link, unless it was changed from outside: then that stays
#   tidy              after the release, whatever its outcome: removes what prepare made
#   missing           says, at once, `missing CODE TEXT` for all that is missing, `doubt CODE TEXT` for what may be, and
#                     what was found
#   started_by_boot   true where a boot starts the service before anything of Belay's can run
# and for slots:
#   stop              stops all of the slot and keeps it from starting again
#   is_stopped        true where it is certain that nothing of the slot runs
#   enable, disable   whether it starts with the machine. What runs is not touched
#   skip_boot         during a boot that has not started the slot yet: keeps this boot from starting it
# Each may run twice, and after a kill. One that fails sets why and returns 1. facts, tail, missing and snapshot change
# nothing; prepare changes nothing that users could notice. What they start has a time limit (bounded).
#
# They read r_…, b_base and work, the release's own folder. With slots BELAY_SLOT is the port and replaces {slot} in r_…,
# except in facts and missing, which are about both slots.

driver() { # WORD ARGUMENT…
  driver_word=$1
  shift
  "${r_restart_kind}_$driver_word" "$@"
}
