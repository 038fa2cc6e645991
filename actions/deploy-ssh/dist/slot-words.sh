# shellcheck shell=sh disable=SC2154 # shared with the other files
# What people ask of a slot: sh BASE/.belay/deploy-ssh.sh WORD PORT …

host_tell() { slot_set_role "$@"; } # PORT active|idle

host_disable() { slot_disable "$@"; } # PORT

host_stop() { # PORT [RELEASE]; PORT no-traffic: a person has seen that no proxy on another host sends traffic there
  if [ "${2-}" != no-traffic ]; then slot_stop "$@"; else said_traffic=known slot_stop "$1"; fi
}

host_holds() { slot_release "$@"; } # PORT

host_answers() { slot_answers "$@"; } # PORT [SHA]

host_fits() { release_fits "$@"; } # RELEASE
