# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# The undo of a switch: traffic returns to the former slots, if half of those that ran answer: for one slot, if that does.

move_undo() {
  returning=yes
  if [ ! -e "$work/moved" ]; then
    if ! is_as_found; then
      say_stays
      return 1
    fi
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
  if ! old_slots_answer; then
    stay_with_new
    return 1
  fi
  lost=''
  [ -z "$dead" ] || lost=$why
  ! has_places || add_never_alive
  shares 0
  # shellcheck disable=SC2086 # a list
  if ! { "${r_driver}_restore" && "${r_driver}_confirm" $shares; }; then
    say_stays
    return 1
  fi
  unsaved=''
  "${r_driver}_persist" || unsaved=$why
  if ! { set_idle "$r_slot" && set_role "$r_from" active; }; then
    say "undo-failed traffic is back at $(in_words "$r_from"), but $why"
    return 1
  fi
  disable "$r_slot" || say "phase still-enabled $why"
  # What filled them stops them next.
  drain left 10 "$r_slot"
  if [ -n "$unsaved" ]; then
    say "undo-failed traffic is back at $(in_words "$r_from"), but a restart of the proxy would lose that: $unsaved"
    return 1
  fi
  if [ -n "$lost" ]; then
    say "undo-failed traffic is back at $(in_words "$r_from"), but $lost"
    return 1
  fi
  "${r_driver}_tidy"
}

is_as_found() { # this release moved nothing; false, with why, where a person has moved traffic in that time
  "${r_driver}_read" || return 0
  slots_with_traffic
  [ "$active" = "$r_from" ] || "${r_driver}_known" "$snapshot"
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

old_slots_answer() { # after a reboot they may just be starting; one that did not run before need not answer. Sets dead
  dead='' ran=''
  if [ -n "$r_from_release" ] && holds "$r_from" && [ "$h_release" != "$r_from_release" ]; then
    why="slot $r_from now holds $h_release, not $r_from_release"
    return 1
  fi
  ran=$(former_slots)
  [ -n "$ran" ] || return 0
  tries=0
  while find_dead "$ran" && [ -n "$dead" ]; do
    tries=$((tries + 1))
    if [ $tries -ge 4 ]; then
      half_answer "$ran"
      return
    fi
    sleep 1
  done
}

add_never_alive() { # to dead, which HAProxy need not consider up: what did not run when the switch began
  for one in $r_from; do
    is_one_of "$one" "$ran" || dead="$dead $one"
  done
}

say_stays() { # reports what could not be undone, with the command for it
  say "undo-failed $why. Traffic stays where it is, and all slots keep running. To roll back by hand: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
}

stay_with_new() { # traffic belongs where it is served (rule 11)
  reason=$why
  shares 100
  find_dead "$r_slot"
  # shellcheck disable=SC2086 # a list
  if half_answer "$r_slot" && "${r_driver}_apply" $shares && "${r_driver}_confirm" $shares && "${r_driver}_persist"; then
    # Consumers and schedulers run where the traffic is, also where a hook had failed before.
    set_role "$r_from" idle || :
    set_role "$r_slot" active || reason="$reason; $why"
    say "undo-failed $reason: traffic stays with $(in_words "$r_slot"), where it is answered, and nothing is stopped. To roll back by hand, once the check of $(in_words "$r_from") passes: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
  else
    say "undo-failed $reason, and $(in_words "$r_slot"): $why. Traffic stays where it is. To roll back by hand, once the check of $(in_words "$r_from") passes: $("${r_driver}_by_hand" "$r_from" "$r_slot")"
  fi
}

move_undo_at_boot() {
  returning=yes
  if [ ! -e "$work/moved" ]; then return 0; fi
  "${r_driver}_restore_at_boot" || {
    say "undo-failed $why"
    return 1
  }
  # The slots start after this and read what they are.
  if ! { mark_role "$r_slot" idle && mark_role "$r_from" active; }; then
    say "undo-failed traffic is back at $(in_words "$r_from"), but $why"
    return 1
  fi
}
