# shellcheck shell=sh disable=SC2154 # r_… come from the release's state file
# A driver, drivers/KIND.sh, knows one way to run a service: systemd, a command, Compose, or none at all. The release's
# state file names its kind; what it is to run (a unit, words, a folder) is r_restart. For each of these words, and for
# no others, it defines KIND_WORD:
#   restart RELEASE   runs what `current`, or the slot, leads to. RELEASE is empty for none: then nothing is to run
#   began             notes what runs now
#   steady            true while that still runs, as far as can be seen; else sets why, and notes what runs now instead
#   seen              true where steady has seen a process that the restart began
#   lost              true, with why, where it will not come any more; what cannot be seen is not lost
#   settle            takes as long as one that ends at once takes to do so: after it steady tells
#   tail              prints its last lines, 30 of each process; for the job's log only
#   unread            prints which of them cannot be read: journal, nowhere or file PATH; nothing where all can be
#   replaces          prints what runs already that a first release would leave stopped when it goes back
#   facts             prints what only the host knows of it, as lines for the state file; else CODE WHY, and returns 1
#   prepare           before the countdown: makes ready what restart and put_back must not have to make on a full disk
#   put_back          what it had set beside the link is as it was, unless somebody else changed it: then that stays
#   tidy              once the release has ended in any way: removes what prepare made
#   missing           says `missing CODE TEXT` for all that is not as it must be, at once, `doubt CODE TEXT` for what may
#                     be, and what was found
#   booted            true where a boot has started it before anything of Belay's can come
# and for slots:
#   stop              nothing of the slot runs, nor will by itself
#   stopped           true where it is certain that nothing of the slot runs
#   enable, disable   whether it starts with the machine. What runs is not touched
#   skip_boot         at a boot that has not started it yet: it is not started by that one either
# Each may be asked twice, and after a kill. One that fails sets why and returns 1; facts, tail, missing and began change
# nothing, neither does prepare where users could see it; what they start has a time limit (bounded).
#
# They read r_…, b_base and work, the release's own folder. With slots BELAY_SLOT is the port and stands in r_… where
# {slot} was, but for facts and missing, which are asked of both.

driver() { # WORD ARGUMENT…
  driver_word=$1
  shift
  "${r_restart_kind}_$driver_word" "$@"
}
