# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, b_… as assignments
# Before traffic moves: the proof of the slot that it goes to. Where nothing is to move: the roles of both slots.

cmd_prove() { # verifies the slots that traffic is to go to: N times in a row, the right version, the schema
  load_change "$b_name" "$b_change" || refuse_not_held
  if [ "$r_kind" = rollback ]; then passed=$((r_successes - 1)); else passed=0; fi
  while [ $passed -lt "$r_successes" ]; do
    if ! all_answer "$r_slot"; then
      refuse_if_back
      if [ "$r_kind" = rollback ]; then refuse not-warm "$why; the old slot runs until retain ends or the host reboots"; fi
      refuse slot-unfit "$why"
    fi
    passed=$((passed + 1))
    [ $passed -ge "$r_successes" ] || pause
  done
  holds "$r_slot" || return 0
  if [ -n "$h_sha" ] && [ "$h_sha" != "$r_sha" ]; then
    refuse slot-unfit "slot $r_slot holds $h_version ($h_release), which is not $r_sha"
  fi
  unfit=$(release_fits "$h_release" 2>/dev/null) || refuse schema-ahead "${unfit:-$h_release is not compatible with the schema}"
}

cmd_agree() { # there was nothing to move: checks that the active slots answer, and gives the slots the roles that the proxy has
  load_change "$b_name" "$b_change" || refuse_not_held
  all_answer "$r_from" || { pause && all_answer "$r_from"; } ||
    refuse slot-unfit "$why, and it has the traffic"
  set_role_once "$r_slot" idle
  set_role_once "$r_from" active
  [ "$b_change" = claim ] || note_proxy "$changes/$b_name.move" || refuse disk-full "cannot write in $belay which proxy to ask"
}

set_role_once() { # PORT active|idle: compares first, so that no hook runs where the slot has that role already
  role=$(cat "$b_base/slots/$1.state" 2>/dev/null) || role=''
  if [ "$role" = "$2" ] || ! holds "$1"; then return 0; fi
  if [ "$2" = idle ]; then set_idle "$1"; else set_role "$1" active; fi || {
    deaf=$why
    mark_role "$1" "$role" || :
    refuse tell-failed "$deaf"
  }
  say "told $1 $2"
}
