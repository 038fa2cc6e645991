# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the release's state file, why goes to the caller
# What is in a slot: deploy-ssh's script knows it, if it fills them.

deploy_script() { printf '%s' "${b_base%/switch}/.belay/deploy-ssh.sh"; }

deploy_says() { # WORD ARGUMENT…
  sh "$(deploy_script)" "$@" </dev/null
}

holds() { # PORT: sets h_release, h_sha and h_version, all empty where deploy-ssh put nothing there
  h_release='' h_sha='' h_version=''
  [ -e "$(deploy_script)" ] || return 1
  holding=$(deploy_says holds "$1" 2>/dev/null) || return 1
  read -r h_release h_sha h_version <<HOLDING
$holding
HOLDING
  [ -n "$h_release" ]
}

answers() { # PORT [SHA]: once, now; else sets why
  if holds "$1"; then
    why=$(deploy_says answers "$1" ${2:+"$2"} 2>&1 >/dev/null) && return 0
    why="slot $1 does not pass its check: $(printf '%s' "$why" | tail -n 1)"
    return 1
  fi
  if [ -z "$r_check" ]; then
    why="it is not known what slot $1 serves: deploy-ssh did not fill it, and the input check is empty"
    # For a slot from before Belay, an open port is the only evidence.
    [ -z "${2-}" ] && listens "$1"
    return
  fi
  url=$(printf '%s' "$r_check" | sed "s/{slot}/$1/g")
  why="$url does not answer with success"
  answer=$(ask_body "$url") || return 1
  why="$url answers, but its answer does not name ${2-}"
  case $answer in *"${2-}"*) ;; *) return 1 ;; esac
}

ask_body() { # URL
  if command -v curl >/dev/null 2>&1; then curl -sf -m 5 "$1"; else wget -q -T 5 -O - "$1"; fi
}

listens() { # PORT
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    grep -q "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$1") [0-9A-F:]* 0A "
}

tell() { # PORT active|idle
  [ -e "$(deploy_script)" ] && holds "$1" || return 0
  why=$(deploy_says tell "$1" "$2" 2>&1 >/dev/null) && return 0
  why="slot $1 could not be made $2: $why"
  return 1
}

mark() { # PORT active|idle: at a boot, before any hook can reach the slot
  holds "$1" || return 0
  why=$(deploy_says mark "$1" "$2" 2>&1 >/dev/null) && return 0
  why="slot $1 could not be marked $2: $why"
  return 1
}

set_idle() { # PORT: a dead slot cannot run its hook, and must not keep the other one from becoming active
  tell "$1" idle && return 0
  deaf=$why
  answers "$1" || return 0
  why=$deaf
  return 1
}

disable() { # PORT
  holds "$1" || return 0
  why=$(deploy_says disable "$1" 2>&1 >/dev/null)
}

steady() { # PORT: true where no other job fills or empties it just now
  [ -e "$(deploy_script)" ] || return 0
  why=$(deploy_says steady "$1" 2>&1 >/dev/null)
  # Only status 1 is an answer; an older script does not know the word.
  [ $? -ne 1 ]
}
