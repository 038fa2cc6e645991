# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change
# The state of a transaction is the name of one file; the values of its changes stand in files of their own, which are
# written once. This file finds, reads and renames them.

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

find_by_id() { # sets b_name: the newest transaction with the id b_id, which the runner knows before the host numbers it
  b_name=''
  for file in "$states"/*-"$b_id".*; do
    file=${file##*/}
    case $file in '*'*) ;; *) b_name=${file%.*} ;; esac
  done
}

find_latest() { # sets name and state of the newest transaction on this host, empty where there is none
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

load() { # NAME: sets state, transaction (its work folder) and r_who, who decided; false where there is none
  state_of "$1"
  [ -n "$state" ] || return 1
  transaction=$belay/work/$1 r_who=''
  if [ -e "$transaction/who" ]; then read -r r_who <"$transaction/who" || :; fi
}

load_change() { # NAME KIND: reads the values of a change into r_…, and sets work, its folder; false where there is none
  work=$belay/work/$1/$2
  [ -e "$changes/$1.$2" ] || return 1
  read_state "$changes/$1.$2" || refuse state-damaged "$changes/$1.$2 is incomplete"
}

read_state() { # FILE: an incomplete file is not run
  r_slots='' r_slot='' r_schema='' r_protocol=''
  case ${whole_states-} in
  *" $1 "*) ;;
  *) [ "$(tail -n 1 "$1" 2>/dev/null)" = "r_whole='yes'" ] || return 1 ;;
  esac
  command . "$1" 2>/dev/null
}

find_whole() { # sets whole_states, with a space around each
  whole_states=' '
  ends="
$(grep -nxF "r_whole='yes'" "$changes"/*.release /dev/null 2>/dev/null)
"
  for line in $(grep -c '' "$changes"/*.release /dev/null 2>/dev/null); do
    case $ends in
    *"
${line%:*}:${line##*:}:r_whole='yes'
"*) whole_states="$whole_states${line%:*} " ;;
    esac
  done
}

change_of() { # STATE FILE KIND: sets change, the file of that change, if the transaction has it
  change=${1##*/}
  change=$changes/${change%.*}.$2
  [ -e "$change" ]
}

read_release_of() { # CHANGE: sets kept, the release in a file that find_whole found; empty for others
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

changes_with() { # RELEASE: prints the changes that brought it here, oldest first, by one process instead of reading fifty files
  grep -lxF -e "r_release='$1'" "$changes"/*.release 2>/dev/null
}

confirmed_with() { # RELEASE: the same, of those that were confirmed
  changes_with "$1" | while IFS= read -r change; do
    brought=${change##*/}
    [ ! -e "$states/${brought%.*}.confirmed" ] || printf '%s\n' "$change"
  done
}

find_committed() { # sets c_…: the last committed release, empty where there is none; every release holds the one before it
  c_release='' c_manifest='' c_version='' c_sha='' last=''
  for file in "$changes"/*.release; do last=$file; done
  if [ ! -e "$last" ]; then
    here=$(readlink "$b_base/current" 2>/dev/null) || here=''
    c_release=${here##*/}
    return 0
  fi
  read_state "$last" || refuse state-damaged "$last is incomplete"
  last=${last##*/}
  if [ -e "$states/${last%.*}.confirmed" ]; then
    c_release=$r_release c_manifest=$r_manifest c_version=$r_version c_sha=$r_sha
  else
    c_release=$r_previous c_manifest=$r_previous_manifest c_version=$r_previous_version c_sha=$r_previous_sha
  fi
}
