# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change, b_… as assignments
# What the start of a transaction removes: old releases, states and work folders.

list_prunable() { # KEEP: prints the folders of releases beyond KEEP, the next one included
  keep=" ${live##*/} $c_release $r_release "
  for used in $(hook_used_releases); do keep="$keep$used "; done
  find_whole
  list_newest_first
  count=1 counted=' '
  while read -r file; do
    case $file in *.confirmed | *.mixed) ;; *) continue ;; esac
    if [ $count -ge "$1" ] || ! change_of "$file" release; then continue; fi
    read_release_of "$change"
    case " $r_release $counted" in *" $kept "*) continue ;; esac
    counted="$counted$kept " count=$((count + 1))
  done <<LIST
$newest_first
LIST
  for folder in "$b_base"/releases/* "$b_base"/releases/.incoming-*; do
    [ -d "$folder" ] || continue
    case "$keep$counted" in *" ${folder##*/} "*) ;; *) printf '%s\n' "$folder" ;; esac
  done
}

list_newest_first() { # sets newest_first: all states, a line each
  newest_first=
  for file in "$states"/*.*; do
    newest_first="$file
$newest_first"
  done
}

prune() { # at the start of a transaction, never at its end, so that nothing is removed that an undo may need
  [ "$b_change" != release ] || list_prunable "$b_keep_releases" | while IFS= read -r folder; do rm -rf "$folder"; done
  prune_states
  for folder in "$belay"/work/*; do
    [ "${folder##*/}" = "$name" ] || rm -rf "$folder"
  done
}

prune_states() {
  list_newest_first
  states_count=0
  while read -r file; do
    [ -e "$file" ] || continue
    states_count=$((states_count + 1))
    case $file in *.released) remove_state "$file" ;; esac
    if [ $states_count -gt 50 ]; then remove_state "$file"; fi
  done <<LIST
$newest_first
LIST
  for file in "$changes"/*.*; do
    gone=${file##*/}
    case $newest_first in *"/${gone%.*}."*) ;; *) rm -f "$file" ;; esac
  done
}

say_prunable() { # what the start of a release would free, in KiB, without what other releases share by a hard link
  r_release=''
  gone=$(list_prunable "$b_keep_releases")
  [ -n "$gone" ] || return 0
  all=0 kept=0
  for folder in "$b_base"/releases/* "$b_base"/releases/.incoming-*; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done | {
    set -- $(cat)
    all=$(size_in_kib "$@")
    for folder; do
      shift
      case "
$gone
" in *"
$folder
"*) ;; *) set -- "$@" "$folder" ;; esac
    done
    [ $# -eq 0 ] || kept=$(size_in_kib "$@")
    say "fact prunable-kib $((all - kept))"
  }
}

size_in_kib() { # FOLDER…: their size together, each file once
  sum=0
  du -sk "$@" 2>/dev/null | {
    while read -r size _; do sum=$((sum + size)); done
    printf '%s' "$sum"
  }
}

remove_state() { # STATE FILE
  gone=${1##*/}
  gone=${gone%.*}
  rm -f "$1" "$changes/$gone".* "$belay/log/$gone".* "$belay/records/$gone.jsonl"
}
