# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# The undo of a switch: traffic returns to the former slot, if that answers.

undo_change() {
  returning=yes
  if [ ! -e "$work/moved" ]; then
    "${r_driver}_tidy"
    return 0
  fi
  say 'phase undo'
  if ! read_patiently; then
    say_stays
    return 1
  fi
  # After a kill between the rename and the reload, the proxy does not serve what its file says: both ways go on from here.
  if ! "${r_driver}_known" "$snapshot"; then
    say_stays
    return 1
  fi
  if ! old_slot_answers; then
    stay_with_new
    return 1
  fi
  before=$("${r_driver}_weights_before")
  # shellcheck disable=SC2086 # a list
  if ! { "${r_driver}_restore" && "${r_driver}_confirm" $before; }; then
    say_stays
    return 1
  fi
  unsaved=''
  "${r_driver}_persist" || unsaved=$why
  if ! { set_idle "$r_slot" && set_role "$r_from" active; }; then
    say "undo-failed traffic is back at slot $r_from, but $why"
    return 1
  fi
  disable "$r_slot" || say "phase still-enabled $why"
  if [ -n "$unsaved" ]; then
    say "undo-failed traffic is back at slot $r_from, but a restart of the proxy would lose that: $unsaved"
    return 1
  fi
  "${r_driver}_tidy"
}

read_patiently() { # waits up to 15 s for a proxy that is just restarting
  clock
  read_until=$((now + 15))
  until "${r_driver}_read"; do
    clock
    [ "$now" -lt $read_until ] || return 1
    pause
  done
}

old_slot_answers() { # after a reboot it may just be starting; one that did not run before need not answer
  if [ -n "$r_from_release" ] && holds "$r_from" && [ "$h_release" != "$r_from_release" ]; then
    why="slot $r_from now holds $h_release, not $r_from_release"
    return 1
  fi
  [ "${r_from_alive-yes}" = yes ] || return 0
  tries=0
  until answers "$r_from"; do
    tries=$((tries + 1))
    if [ $tries -ge 4 ]; then return 1; fi
    sleep 1
  done
}

say_stays() { # reports what could not be undone, with the command for it
  say "undo-failed $why. Traffic stays where it is, and both slots keep running. To roll back by hand: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
}

stay_with_new() { # traffic belongs where it is served (rule 11)
  dead=$why
  if answers "$r_slot" && "${r_driver}_apply" "$r_from=0" "$r_slot=100" &&
    "${r_driver}_confirm" "$r_from=0" "$r_slot=100" && "${r_driver}_persist"; then
    # Consumers and schedulers run where the traffic is, also where a hook had failed before.
    set_role "$r_from" idle || :
    set_role "$r_slot" active || dead="$dead; $why"
    say "undo-failed $dead: traffic stays with slot $r_slot, which answers and keeps running. Once slot $r_from answers, roll back by hand: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
  else
    say "undo-failed $dead, and slot $r_slot: $why. Traffic stays where it is. To roll back by hand, once slot $r_from answers: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
  fi
}

undo_change_at_boot() {
  returning=yes
  if [ ! -e "$work/moved" ]; then return 0; fi
  "${r_driver}_restore_at_boot" || {
    say "undo-failed $why"
    return 1
  }
  # The slots start after this and read what they are.
  if ! { mark_role "$r_slot" idle && mark_role "$r_from" active; }; then
    say "undo-failed traffic is back at slot $r_from, but $why"
    return 1
  fi
}
