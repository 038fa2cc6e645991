#!/bin/sh
# Stands before a program of a test host, by its name in /usr/local/bin, and runs it. Once it waits before that, where
# /run/belay-test/hold says so, as long as /run/belay-test/held exists.
#   phase WORD BASE KIND   a change of that kind of BASE calls it, and the last phase that it logged is WORD
#   state WORD BASE        anybody renames a state of BASE to WORD
set -u
name=${0##*/}
folder=/run/belay-test

program=/usr/bin/$name
[ ! -x "/usr/local/bin/.belay-test/$name" ] || program=/usr/local/bin/.belay-test/$name

is_moment() {
  { read -r kind word base change <"$folder/hold"; } 2>/dev/null || return 1
  case $kind in
  phase)
    caller=$(/usr/bin/tr '\0' ' ' <"/proc/$PPID/cmdline")
    case $caller in *" change "*" $base "*" $change ") ;; *) return 1 ;; esac
    transaction=${caller##*" $base "}
    last=$(grep '^@belay phase ' "$base/.belay/log/${transaction%% *}.$change.log" | tail -n 1)
    last=${last#@belay phase }
    [ "${last%% *}" = "$word" ]
    ;;
  state)
    for last; do :; done
    case ${last-} in "$base/.belay/states/"*".$word") ;; *) return 1 ;; esac
    ;;
  esac
}

if [ -e "$folder/hold" ] && is_moment "$@" && /usr/bin/ln "$folder/hold" "$folder/held" 2>/dev/null; then
  /usr/bin/rm -f "$folder/hold"
  # Not for ever: a test that died must not leave a process behind.
  tries=0
  while [ -e "$folder/held" ] && [ $tries -lt 6000 ]; do
    tries=$((tries + 1))
    /usr/bin/sleep 0.02
  done
fi
exec "$program" "$@"
