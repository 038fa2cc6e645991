# shellcheck shell=sh disable=SC2154,SC2034 # shared with the other files
# What a fill must know of a switch of its traffic that is under way.

wait_for_switch() { # traffic may be on its way to the slot, or away from it
  clock
  switch_until=$((now + 120))
  while [ "$now" -lt $switch_until ] && switch_is_open; do
    pause
    clock
  done
}

settle_switch() { # [restart]: first undoes a switch whose process died, as it came last; one that is alive is not touched
  switch_was_here || return 0
  (
    exec 9>&-
    bounded 120 sh "$b_base/switch/.belay/blue-green-switch.sh" recover ${1+"$1"}
  ) >/dev/null 2>&1 || :
}

switch_to() { # PORT: prints the state of the newest switch that was neither released nor undone, if it moved traffic there
  last=''
  for file in "$b_base"/switch/.belay/states/*.*; do
    case $file in *'*.*' | *.released | *.undone) ;; *) last=$file ;; esac
  done
  (
    if read_state "$last" && [ "$r_slot" != "$1" ]; then exit 0; fi
    printf '%s' "${last##*.}"
  )
}
