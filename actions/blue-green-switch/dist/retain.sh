# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# After the confirm: the former slot stays warm until the end of retain, then it is stopped.

move_confirmed() { # the old slot keeps running, but after a reboot no timer would stop it: so a reboot does not start it
  "${r_driver}_persist" || say "phase not-saved $why"
  "${r_driver}_tidy"
  disable "$r_from" || say "phase still-enabled $why"
  note_proxy "$changes/$name.move" || say "phase not-saved cannot write in $belay which proxy to ask"
}

note_proxy() { # CHANGE: from now on fills ask the proxy of this one
  cp "$1" "$belay/proxy.new" 2>/dev/null && mv -f "$belay/proxy.new" "$belay/proxy"
}

move_retain() { # the old slot stays warm for a while, then it is stopped. Slots of other hosts are not Belay's to stop
  ! has_places || return 0
  mine=$name
  clock
  warm_until=$((now + r_retain))
  write_atomic "$belay/warm" "$warm_until $mine $(boot_id)" || :
  while [ "$now" -lt $warm_until ]; do
    sleep 2
    clock
    if superseded; then return 0; fi
  done
  drain inflight 10 "$r_from"
  say "phase drained $left"
  stop_until=$((now + 7200))
  until end_warm; do
    clock
    if [ "$now" -ge $stop_until ]; then
      say "phase not-stopped slot $r_from keeps running: it could not be stopped for two hours"
      return 0
    fi
    sleep 30
  done
}

end_warm() { # under the lock, so that no release begins during it; waits for one that is under way
  open_lock || return 1
  until flock -n 9; do
    sleep 2 9>&-
  done
  (superseded || stop_old)
  ended=$?
  exec 9>&-
  return $ended
}

superseded() { # true where a later switch was confirmed or is mixed: one that was released or undone does not count, nor a fill
  later=''
  for file in "$states"/*.*; do
    if [ -n "$later" ]; then
      case $file in *.confirmed | *.mixed) ! change_of "$file" move || return 0 ;; esac
    fi
    file=${file##*/}
    if [ "${file%.*}" = "$mine" ]; then later=yes; fi
  done
  [ -z "$later" ]
}

stop_old() {
  holds "$r_from" || return 0
  if [ "$h_release" != "$r_from_release" ]; then return 0; fi
  stop_slot "$r_from" "$r_from_release"
}

still_warm() { # sets warm_until
  [ -e "$belay/warm" ] && read -r warm_until mine boot <"$belay/warm" && [ "$boot" = "$(boot_id)" ] && ! superseded &&
    clock
}
