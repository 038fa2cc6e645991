# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# On the host of slots whose proxies are on other hosts (docs/decisions/proxy-elsewhere.md). A claim comes before the move:
# from here on a proxy may send traffic to the slot (r_slot), and only the runner can learn whether it does. So no undo stops
# that slot without the runner's word. The roles of both slots follow the move. They are a change of their own, and go back
# with the claim, which is undone once the proxies are.

claim_prepare() {
  ! fills_slots || prepare_roles $r_slots
}

claim_do() {
  if holds "$r_slot" && ! (slot_facts "$r_slot" && driver enable) >/dev/null 2>&1; then
    why="slot $r_slot cannot be enabled"
    failed claim
    return 1
  fi
  { write_atomic "$belay/proxies" "$r_proxies" && write_atomic "${work%/*}/traffic" unknown; } 2>/dev/null && return 0
  why='the disk is full'
  failed claim
  return 1
}

claim_undo() { # the roles go where the traffic is. What is not known here returns by the proxies' own confirm timeouts
  say 'phase undo'
  find_active
  if [ "$known" = yes ] && is_one_of "$r_slot" "$active"; then
    { ! gave_roles || { set_idle "$r_from" && set_role "$r_slot" active; }; } || reason="; $why"
    say "undo-failed a proxy still sends traffic to slot $r_slot, which keeps running${reason-}"
    return 1
  fi
  if gave_roles && ! { set_idle "$r_slot" && set_role "$r_from" active; }; then
    say "undo-failed $why"
    return 1
  fi
  [ "$known" != yes ] || disable "$r_slot" || say "phase still-enabled $why"
}

claim_undo_at_boot() { # the slots start after this and read what they are
  ! gave_roles || { mark_role "$r_slot" idle && mark_role "$r_from" active; } || {
    say "undo-failed $why"
    return 1
  }
}

gave_roles() { [ -e "${work%/*}/role/ordered" ]; }

role_prepare() { :; }

role_do() {
  if set_role "$r_from" idle && set_role "$r_slot" active; then return 0; fi
  failed tell
  return 1
}

role_undo() { :; } # with the claim, which comes next

role_undo_at_boot() { :; }
