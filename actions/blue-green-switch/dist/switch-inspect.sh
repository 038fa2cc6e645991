# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from the change, b_… as assignments
# What is to be known of the proxy and the slots. Changes nothing. For people: sh BASE/.belay/blue-green-switch.sh active

host_active() { active_slots; } # prints the ports that traffic goes to; where that is not known, says why

cmd_see() {
  eval "$b_params"
  say "fact user $(id -un)"
  say "fact uid $(id -u)"
  for tool in flock readlink sed cut tr tail mv cp cmp stat grep id; do
    command -v "$tool" >/dev/null 2>&1 || say "missing tools-missing $tool not installed"
  done
  command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1 || [ -z "$r_check" ] ||
    say 'missing tools-missing neither curl nor wget is installed; the check URL needs one of them'
  inspect_folders
  inspect_lock
  "${r_driver}_missing"
  inspect_slots
  inspect_committed
  inspect_system
}

inspect_folders() {
  existing=$b_base
  while [ ! -e "$existing" ] && [ "$existing" != / ]; do existing=${existing%/*} existing=${existing:-/}; done
  for folder in "$existing" "$belay" "$states" "$changes" "$belay/lock"; do
    if [ -e "$folder" ] && [ ! -w "$folder" ]; then say "missing path-not-writable $(id -un) cannot write to $folder"; fi
  done
}

inspect_slots() { # slot SLOT WEIGHT LISTENING RELEASE SHA VERSION
  weights='' rests=no
  "${r_driver}_read" 2>/dev/null || :
  running=$(running_slots "$r_slots")
  for slot_name in $r_slots; do
    share=-
    for pair in $weights; do
      if [ "${pair%%=*}" = "$slot_name" ]; then share=${pair#*=}; fi
    done
    if is_one_of "$slot_name" "$running"; then open=yes; else open=no; fi
    [ "$share$open" != 0yes ] || rests=yes
    holds "$slot_name" || :
    say "slot $slot_name $share $open ${h_release:--} ${h_sha:--} $h_version"
  done
  if fills_slots; then say 'fact deploy yes'; else say 'fact deploy no'; fi
  [ "$rests" != yes ] || ! still_warm || say "fact warm $((warm_until - now))"
}

inspect_committed() { # the last committed switch, and all committed releases
  last=''
  for file in "$states"/*.confirmed; do
    change_of "$file" move || continue
    last=$change
    (read_state "$change" && say "past $r_release $r_sha")
  done
  [ -n "$last" ] || return 0
  (
    read_state "$last" || exit 0
    say "fact kind $r_kind"
    say "fact committed $r_release"
    say "fact version $r_version"
    say "fact committed-slot $r_slot"
    say "fact from $r_from"
    say "from ${r_from_release:--} ${r_from_sha:--} $r_from_version"
  )
}

inspect_system() { # only where systemd controls nginx
  [ -n "$b_recovery" ] || return 0
  if command -v systemctl >/dev/null 2>&1; then
    say "fact kills-processes $(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \
      org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null | cut -d' ' -f2)"
    say "fact recovery-unit $(systemctl is-enabled "$b_recovery" 2>/dev/null)"
  fi
  if crontab -l 2>/dev/null | grep -q "$belay/.*\.sh recover restart"; then say 'fact recovery-cron yes'; fi
  if [ "$(id -u)" -ne 0 ] && [ "$r_proxy_kind" = systemd ]; then
    LC_ALL=C sudo -n -ll 2>&1 </dev/null | while IFS= read -r line; do say "sudo $line"; done
  fi
}
