# shellcheck shell=sh disable=SC2154,SC2034 # shared with the other files
# Where the proxy sends traffic; blue-green-switch's script of this service asks it.

switch_says() { # WORD: prints what blue-green-switch knows of this service, or why not; 127 where it never ran here
  [ -e "$b_base/switch/.belay/blue-green-switch.sh" ] || return 127
  # What it starts must not keep the lock open.
  (
    exec 9>&-
    bounded 15 sh "$b_base/switch/.belay/blue-green-switch.sh" "$1" 2>&1
  )
}

find_active() { # sets active, the ports that traffic goes to, and known: yes; no, with the reason in unknown; or none,
  # where blue-green-switch never ran
  unknown='' active=$(switch_says active)
  case $? in
  0) known=yes ;;
  127) known=none active='' ;;
  124) known=no active='' unknown='the proxy did not answer within 15 s' ;;
  *)
    known=no unknown=$(printf '%s\n' "$active" | tail -n 1) active=''
    unknown=${unknown:-to find out: sh $b_base/switch/.belay/blue-green-switch.sh active}
    ;;
  esac
}

may_have_traffic() { # PORT: true unless it is certain that no traffic goes there; sets why
  find_active
  case $known in
  none) return 1 ;;
  no) why="it is not known whether traffic goes to slot $1 ($unknown)" ;;
  yes)
    case " $active " in *" $1 "*) ;; *) return 1 ;; esac
    why="traffic goes to slot $1"
    ;;
  esac
}

keeps_traffic() { # PORT: the same; asks a proxy that does not answer again for 15 s
  clock
  asked_until=$((now + 15))
  while may_have_traffic "$1"; do
    clock
    if [ "$known" = yes ] || [ "$now" -ge $asked_until ]; then return 0; fi
    pause
  done
  return 1
}

wait_for_switch() { # traffic may be on its way to the slot, or away from it
  clock
  switch_until=$((now + 120))
  while [ "$now" -lt $switch_until ] && switch_says armed >/dev/null; do
    pause
    clock
  done
}

settle_switch() { # [restart]: first undoes a switch whose process died, as it came last; one that is alive is not touched
  [ -e "$b_base/switch/.belay/blue-green-switch.sh" ] || return 0
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
  # One that cannot be read may have moved it there.
  (
    if read_state "$last" && [ "$r_slot" != "$1" ]; then exit 0; fi
    printf '%s' "${last##*.}"
  )
}
