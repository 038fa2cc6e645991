# shellcheck shell=sh disable=SC2154,SC2034 # r_slots comes from a change
# How slots are named. On the proxy's own host a slot is a PORT, whatever address the proxy has for it. Of another host it is a
# place, ADDRESS:PORT, as the proxy names it: an IPv4 address, a name, or an IPv6 address in brackets. r_slots has them in pairs.

has_places() { # true where the slots are places: what is in them is not known here
  case $r_slots in *:*) return 0 ;; esac
  return 1
}

slot_at() { # ADDRESS PORT: sets slot_name, the slot that this server of the proxy is; false where it is none
  for slot_name in "$1:$2" "$2"; do
    case " $r_slots " in *" $slot_name "*) return 0 ;; esac
  done
  return 1
}

in_words() { # SLOTS: prints them for people
  case $1 in *' '*) printf 'slots %s' "$1" ;; *) printf 'slot %s' "$1" ;; esac
}

is_one_of() { # WORD LIST
  case " $2 " in *" $1 "*) return 0 ;; esac
  return 1
}
