# shellcheck shell=sh disable=SC2154 # shared with the other files
# What people ask of a slot: sh BASE/.belay/deploy-ssh.sh WORD PORT …

host_tell() { slot_set_role "$@"; } # PORT active|idle

host_disable() { slot_disable "$@"; } # PORT

host_stop() { slot_stop "$@"; } # PORT [RELEASE]

host_holds() { slot_release "$@"; } # PORT

host_answers() { slot_answers "$@"; } # PORT [SHA]

host_fits() { release_fits "$@"; } # RELEASE
