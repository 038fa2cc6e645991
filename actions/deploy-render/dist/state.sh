# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a state file
# The state of a release is the name of one file. This file finds, reads and renames it.

state_of() { # NAME: sets state, empty where there is none
  state=
  [ -n "$1" ] || return 0
  for _ in 1 2 3; do
    for file in "$states/$1".*; do
      if [ -e "$file" ]; then state=${file##*.}; fi
    done
    [ -z "$state" ] || return 0
  done
}

find_by_id() { # sets b_name: the newest release with the id b_id, which the runner knows before the host numbers it
  b_name=''
  for file in "$states"/*-"$b_id".*; do
    file=${file##*/}
    case $file in '*'*) ;; *) b_name=${file%.*} ;; esac
  done
}

find_latest() { # sets name and state of the newest release on this host, empty where there is none
  name='' state=''
  for file in "$states"/*.*; do
    file=${file##*/}
    case $file in '*'*) ;; *) name=${file%.*} ;; esac
  done
  state_of "$name"
}

transition() { # NAME FROM TO WHO: true if it is TO now; where several try, the work folder says which one it was
  if mv -f "$states/$1.$2" "$states/$1.$3" 2>/dev/null; then
    write_atomic "$belay/work/$1/who" "$4" 2>/dev/null || :
    printf '%s %s: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$3" "$4" >>"$belay/log/$1.log" || :
  fi
  [ -e "$states/$1.$3" ]
}

load() { # NAME: reads its file into r_…; false where there is none. Only this script writes such files.
  for _ in 1 2 3 4 5; do
    state_of "$1"
    [ -n "$state" ] || return 1
    if [ "${loaded-}" = "$1" ] || read_state "$states/$1.$state"; then
      loaded=$1 work=$belay/work/$1 r_who=''
      if [ -e "$work/who" ]; then read -r r_who <"$work/who" || :; fi
      return 0
    fi
    if [ -e "$states/$1.$state" ]; then refuse state-damaged "$states/$1.$state is incomplete"; fi
  done
  return 1
}

read_state() { # FILE: an incomplete file is not run
  loaded='' r_slots='' r_slot='' r_schema='' r_protocol=''
  case ${whole_states-} in
  *" $1 "*) ;;
  *) [ "$(tail -n 1 "$1" 2>/dev/null)" = "r_whole='yes'" ] || return 1 ;;
  esac
  command . "$1" 2>/dev/null
}

find_whole() { # sets whole_states, with a space around each
  whole_states=' '
  ends="
$(grep -nxF "r_whole='yes'" "$states"/*.* /dev/null 2>/dev/null)
"
  for line in $(grep -c '' "$states"/*.* /dev/null 2>/dev/null); do
    case $ends in
    *"
${line%:*}:${line##*:}:r_whole='yes'
"*) whole_states="$whole_states${line%:*} " ;;
    esac
  done
}

read_release_of() { # STATE FILE: sets kept, the release in a file that find_whole found; empty for others
  kept=''
  case $whole_states in *" $1 "*) ;; *) return 0 ;; esac
  while IFS= read -r line; do
    case $line in
    r_release=\'*\')
      kept=${line#*\'}
      kept=${kept%\'}
      break
      ;;
    esac
  done 2>/dev/null <"$1"
}

states_with() { # RELEASE: prints its state files, oldest first, by one process instead of reading fifty files
  grep -lxF -e "r_release='$1'" "$states"/*.* 2>/dev/null
}

find_committed() { # sets c_…: the last committed release, empty where there is none; every state holds the one before it
  c_release='' c_manifest='' c_version='' c_sha=''
  find_latest
  if [ -z "$name" ]; then
    here=$(readlink "$b_base/current" 2>/dev/null) || here=''
    c_release=${here##*/}
    return 0
  fi
  load "$name" || return 0
  if [ "$state" = confirmed ]; then
    c_release=$r_release c_manifest=$r_manifest c_version=$r_version c_sha=$r_sha
  else
    c_release=$r_previous c_manifest=$r_previous_manifest c_version=$r_previous_version c_sha=$r_previous_sha
  fi
}
