# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# What a switch asks of a slot, and the role that it gives it. Where deploy-ssh does not fill the slots, only the check's URL
# is known.

fills_slots() { [ -e "$belay/deploy-ssh.sh" ]; } # true where deploy-ssh fills the slots of this service

holds() { # SLOT: sets h_release, h_sha and h_version, all empty where deploy-ssh put nothing there, or the slot is elsewhere
  h_release='' h_sha='' h_version=''
  case $1 in *:*) return 1 ;; esac
  fills_slots || return 1
  holding=$(slot_release "$1" 2>/dev/null) || return 1
  read -r h_release h_sha h_version <<HOLDING
$holding
HOLDING
  [ -n "$h_release" ]
}

answers() { # SLOT [SHA]: once, now; else sets why
  if holds "$1"; then
    why=$(slot_answers "$1" ${2:+"$2"} 2>&1 >/dev/null) && return 0
    why="slot $1 does not pass its check: $(printf '%s' "$why" | tail -n 1)"
    return 1
  fi
  if [ -z "$r_check" ]; then
    why="it is not known what slot $1 serves: deploy-ssh did not fill it, and the input check is empty"
    [ -z "${2-}" ] && port_listens "$1"
    return
  fi
  url=$(check_url "$1")
  why="$url does not answer with success"
  answer=$(ask_body "$url") || return 1
  why="$url answers, but its answer does not name ${2-}"
  case $answer in *"${2-}"*) ;; *) return 1 ;; esac
}

check_url() { # SLOT: prints the URL of its check: {slot} is its port, {host} its address
  printf '%s' "$r_check" | sed "s/{slot}/${1##*:}/g;s/{host}/${1%:*}/g"
}

all_answer() { # SLOTS: with the right version, once, now; else sets why, of the first that does not
  for one in $1; do
    answers "$one" "$r_sha" || return 1
  done
}

slots_that_answer() { # SLOTS: prints those that do, all asked at the same time
  for one in $1; do
    (if answers "$one"; then printf '%s ' "$one"; fi) 9>&- &
  done
  wait
}

running_slots() { # SLOTS: prints those where something runs: a port of this host listens, a place answers its check
  if has_places; then
    slots_that_answer "$1"
    return
  fi
  for one in $1; do
    if port_listens "$one"; then printf '%s ' "$one"; fi
  done
}

find_dead() { # SLOTS: sets dead, those that do not answer now, and why
  dead=''
  if ! has_places; then
    answers "$1" || dead=$1
    return 0
  fi
  answering=$(slots_that_answer "$1")
  for one in $1; do
    is_one_of "$one" "$answering" || dead="$dead $one"
  done
  dead=${dead# } why="no answer with success from the check of $(in_words "${dead# }")"
}

half_answer() { # SLOTS: whether half of them or more are not dead, as find_dead saw it
  set -- $1
  slots_asked=$#
  set -- $dead
  [ $(($# * 2)) -le "$slots_asked" ]
}

ask_body() { # URL; the brackets of an IPv6 address are no pattern
  if command -v curl >/dev/null 2>&1; then curl -gsf -m 5 "$1"; else wget -q -T 5 -O - "$1"; fi
}

set_role() { # PORT active|idle
  fills_slots && holds "$1" || return 0
  why=$(slot_set_role "$1" "$2" 2>&1 >/dev/null) && return 0
  why="slot $1 could not be made $2: $why"
  return 1
}

mark_role() { # PORT active|idle: at a boot, before any hook can reach the slot
  holds "$1" || return 0
  why=$(slot_mark_role "$1" "$2" 2>&1 >/dev/null) && return 0
  why="slot $1 could not be marked $2: $why"
  return 1
}

set_idle() { # PORT: a dead slot cannot run its hook, and must not keep the other one from becoming active
  set_role "$1" idle && return 0
  deaf=$why
  answers "$1" || return 0
  why=$deaf
  return 1
}

disable() { # PORT
  holds "$1" || return 0
  why=$(slot_disable "$1" 2>&1 >/dev/null)
}
