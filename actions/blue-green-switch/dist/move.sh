# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, the rest from the shared part and the proxies
# blue-green-switch's part: moves traffic from the active slot to the other one, on the proxy of this host; with several pairs
# of slots (place.sh) from the active one of each to its other one, all at once.
# It joins the transaction in which deploy-ssh filled the slot, or opens one. Its facts come from the change as r_…: kind
# (switch, rollback), release, sha, slots, driver and what that needs, check, weights, hold, gated, drain_timeout, retain, successes;
# and, found under the lock: slot (to), from, from_alive, each a list with an entry for each pair; and from_release, from_sha,
# from_version, which are known where deploy-ssh fills the slots.
#
# A driver (proxies/NAME….sh) knows one proxy: NAME_read, _loaded, _exclusive, _validate, _prepare, _known, _apply, _restore,
# _confirm, _inflight, _left, _persist, _tidy, _restore_at_boot, _missing, _by_hand. They return 1 with why, and
# change only what is as this release found or left it; `moving` comes before. What several services share of a proxy, they
# change under the host's lock (host-lock.sh), on what NAME_lock sets.


hook_live() { live=''; }

hook_slot() { # traffic goes from the slots that have it to the other ones
  slot='' code=slots-are-local
  if [ "$b_change" != move ]; then
    names_all_proxies
    return
  fi
  eval "$b_params"
  if has_places && fills_slots; then
    why="deploy-ssh releases to $b_base on this host too"
    return 1
  fi
  read_pairs && find_pairs || return 1
  alive=$(alive_slots)
  holds "$from" || :
  b_params="$b_params
$(print_assignment r_from "$from")
$(print_assignment r_from_alive "$alive")
$(print_assignment r_from_release "$h_release")
$(print_assignment r_from_sha "$h_sha")
$(print_assignment r_from_version "$h_version")"
}

move_prepare() {
  "${r_driver}_read" && "${r_driver}_prepare" && { ! fills_slots || prepare_roles $r_slots; }
}

hundredths() { # of seconds since the machine started
  read -r up _ </proc/uptime
  hundreds=${up%.*}${up#*.}
}

failed() { say "failed $1 $why"; }

moving() { # before the change: after a kill, the undo must know that it may have been made
  why='the disk is full'
  [ -e "$work/moved" ] || (: >"$work/moved") 2>/dev/null
}

move_do() {
  if ! all_answer "$r_slot" && ! { sleep 1 && all_answer "$r_slot"; }; then
    failed gate
    return 1
  fi
  for percent in $r_weights 100; do
    hundredths
    began=$hundreds
    say "phase weight-$percent"
    step_to "$percent" || return 1
    [ "$percent" != 100 ] || break
    keep_looking "$percent" || return 1
  done
  hundredths
  say "phase switched $(((hundreds - began) * 10))"
  if ! { set_role "$r_from" idle && set_role "$r_slot" active; }; then
    failed tell
    return 1
  fi
  [ "$r_drain_timeout" -eq 0 ] || {
    drain inflight "$r_drain_timeout" "$r_from"
    say "phase drained $left"
  }
}

step_to() { # WEIGHT
  shares "$1"
  "${r_driver}_apply" $shares || {
    failed apply
    return 1
  }
  "${r_driver}_confirm" $shares || {
    failed confirm
    return 1
  }
  "${r_driver}_persist" || {
    failed persist
    return 1
  }
}

keep_looking() { # PERCENT
  clock
  hold_until=$((now + r_hold)) bad=0
  while [ "$now" -lt $hold_until ] || ! may_advance "$1"; do
    if all_answer "$r_slot"; then bad=0; else bad=$((bad + 1)); fi
    if [ $bad -ge 2 ]; then
      failed gate
      return 1
    fi
    sleep 1
    clock
  done
}

may_advance() { [ "${r_gated-}" != yes ] || [ -e "$work/advance-$1" ]; } # PERCENT

cmd_advance() { # the runner's word that metrics are good at a weight; a switch that has ended by now needs none
  if [ -z "$b_name" ] || [ ! -d "$belay/work/$b_name/move" ]; then return 0; fi
  (: >"$belay/work/$b_name/move/advance-$b_weight") 2>/dev/null || refuse disk-full "cannot write in $belay"
}

drain() { # inflight|left SECONDS SLOTS: waits until the driver counts nothing at slots that traffic has left, or the time is
  clock
  drain_until=$((now + $2)) naps=0
  while :; do
    left=$("${r_driver}_$1" $3)
    left=${left:-0}
    clock
    if [ "$left" -eq 0 ] || [ "$now" -ge $drain_until ]; then return 0; fi
    if [ $naps -lt 6 ]; then nap; else pause; fi
  done
}
