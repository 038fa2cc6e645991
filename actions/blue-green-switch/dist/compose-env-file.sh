# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# The line NAME=REF in the .env of the team's folder: read, prepared before the confirm timeout, replaced by one rename.

env_is() { # LINE: whether it gives the variable its value
  e_rest=${1#"${1%%[![:space:]]*}"}
  case $e_rest in export[[:space:]]*) e_rest=${e_rest#export} e_rest=${e_rest#"${e_rest%%[![:space:]]*}"} ;; esac
  case $e_rest in "$variable"*) e_rest=${e_rest#"$variable"} ;; *) return 1 ;; esac
  e_rest=${e_rest#"${e_rest%%[![:space:]]*}"}
  case $e_rest in [=:]*) ;; *) return 1 ;; esac
}

env_line() { # sets e_line to the variable's line, empty where there is none
  e_line='' e_count=0
  [ -r "$env_file" ] || {
    why="$env_file is missing or cannot be read"
    return 1
  }
  while IFS= read -r e_text || [ -n "$e_text" ]; do
    if env_is "$e_text"; then e_line=$e_text e_count=$((e_count + 1)); fi
  done <"$env_file"
  [ $e_count -le 1 ] || {
    why="$env_file gives $variable $e_count times: leave one"
    return 1
  }
}

env_value() { # LINE: prints its value, without quotes
  env_is "$1" || return 0
  e_rest=${e_rest#?}
  e_rest=${e_rest#"${e_rest%%[![:space:]]*}"}
  case $e_rest in
  \"*) e_rest=${e_rest#?} e_rest=${e_rest%%\"*} ;;
  \'*) e_rest=${e_rest#?} e_rest=${e_rest%%\'*} ;;
  esac
  printf '%s' "${e_rest%%[[:space:]]*}"
}

env_with() { # LINE FILE: prints the file with this line for the variable, or without one
  e_placed=$1
  while IFS= read -r e_text || [ -n "$e_text" ]; do
    if env_is "$e_text"; then
      [ -z "$e_placed" ] || printf '%s\n' "$e_placed"
      e_placed=''
    else
      printf '%s\n' "$e_text"
    fi
  done <"$2"
  [ -z "$e_placed" ] || printf '%s\n' "$e_placed"
}

env_ready() { # forward|back: prints the path of the prepared file. It is beside .env, as it holds the same secrets.
  turn=${work%/*}
  printf '%s' "$env_file.belay-$variable-${turn##*/}-$1"
}

env_write() { # WAY LINE: prepares the new .env with its owner and mode; sets why
  why="$(env_ready "$1") could not be written: is there room, and does .env belong to $(id -un)?"
  cp -p "$env_file" "$(env_ready "$1")" &&
    { [ "$2" = "$e_line" ] || env_with "$2" "$env_file" >"$(env_ready "$1")"; } &&
    [ "$(stat -c '%u %g %a' "$env_file")" = "$(stat -c '%u %g %a' "$(env_ready "$1")")" ]
}

env_alone() { # locks .env, which also holds the variables of other services
  why="$r_restart cannot be locked: another release is writing its .env"
  command exec 8<"$r_restart" || return 1
  e_tries=0
  until flock -n 8; do
    e_tries=$((e_tries + 1))
    [ $e_tries -lt 100 ] || return 1
    sleep_short
  done
}

env_put() { # forward|back: changes the line only where it is as this release found or left it (rule 5)
  env_alone && env_put_alone "$1"
  e_status=$?
  exec 8<&-
  return $e_status
}

env_put_alone() {
  env_line || return 1
  e_wanted=$(cat "$work/env.$1")
  if [ "$e_line" = "$e_wanted" ]; then return 0; fi
  e_known=''
  for e_file in former forward back; do
    [ "$e_line" != "$(cat "$work/env.$e_file")" ] || e_known=yes
  done
  if [ -z "$e_known" ]; then
    if [ "$1" = back ] && [ ! -e "$work/env.put" ]; then return 0; fi
    why="$env_file now says \"$e_line\", which this release neither found nor wrote: Belay leaves it as it is"
    return 1
  fi
  why='the disk is full'
  [ "$1" = back ] || (: >"$work/env.put") || return 1
  if [ ! -e "$(env_ready "$1")" ] ||
    [ "$(env_with "$e_wanted" "$env_file" | cksum)" != "$(env_with "$e_wanted" "$(env_ready "$1")" | cksum)" ]; then
    env_write "$1" "$e_wanted" || return 1
  fi
  why="$env_file could not be replaced"
  mv -f "$(env_ready "$1")" "$env_file"
}
