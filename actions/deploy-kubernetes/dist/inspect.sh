# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change, b_… as assignments
# inspect: what is on this host. Changes nothing.

cmd_inspect() {
  inspect_user
  for tool in flock rsync readlink sed grep cut tr df tail ln mv id curl wget systemctl sudo; do
    if command -v "$tool" >/dev/null 2>&1; then say "tool $tool"; fi
  done
  inspect_path
  inspect_lock
  [ -z "$b_unit" ] || inspect_systemd
  inspect_releases
}

inspect_user() { # by one program: uid=1500(deploy) gid=…; a user without a name has no brackets
  ids=$(id)
  ids=${ids%% *}
  user=${ids#*\(}
  case $ids in
  uid=*\(?*\)) say "fact user ${user%\)}" ;;
  *) say "fact user $(id -un)" ;;
  esac
  ids=${ids#uid=}
  say "fact uid ${ids%%\(*}"
}

inspect_path() {
  existing=$b_base
  while [ ! -e "$existing" ] && [ "$existing" != / ]; do existing=${existing%/*} existing=${existing:-/}; done
  if [ "$existing" = "$b_base" ]; then say 'fact exists yes'; else say 'fact exists no'; fi
  for folder in "$existing" "$b_base/releases" "$belay" "$states" "$belay/lock"; do
    if [ -e "$folder" ] && [ ! -w "$folder" ]; then say "read-only $folder"; fi
  done
  free=$(df -Pk "$existing" | fourth_of_second)
  [ -z "$free" ] || say "fact free-kib $free"
  inodes=$(df -Pi "$existing" 2>/dev/null | fourth_of_second)
  [ -z "$inodes" ] || say "fact free-inodes $inodes"
  if [ -L "$b_base/current" ]; then
    say "fact current link"
    say "fact live $(readlink "$b_base/current")"
  elif [ -e "$b_base/current" ]; then
    say "fact current other"
  else
    say "fact current absent"
  fi
}

fourth_of_second() { # of the output of df, the free amount: the fourth column of its second line
  read -r _ && read -r _ _ _ column _ && printf '%s' "$column"
}

inspect_releases() {
  find_committed
  hook_live
  say "fact committed $c_release"
  say "fact version $c_version"
  if [ "${b_need:-0}" -gt "${free:-0}" ]; then say_prunable; fi
  find_whole
  (
    for file in "$states"/*.*; do
      r_release='' r_sha='' r_manifest='' r_version=''
      if ! change_of "$file" release || ! read_state "$change"; then continue; fi
      there=no
      if [ -d "$b_base/releases/$r_release" ]; then there=yes; fi
      say "release ${file##*.} $there $r_release $r_sha ${r_manifest:--} $r_version"
      say "schema $r_release $r_schema"
      is_compatible "$r_release" "$r_sha" "$r_schema" || say "misfit $r_release $why"
    done
  )
  misfit=''
  if [ -s "$belay/contracts" ]; then misfit=$(incompatibility_of_next); fi
  say "fact misfit $misfit"
  if [ -s "$belay/contracts" ]; then while read -r line; do say "contract $line"; done <"$belay/contracts"; fi
  hook_inspect
}

inspect_lock() {
  find_latest
  say "fact newest $name"
  say "fact state $state"
  if lock_is_free; then say "fact lock free"; else
    say "fact lock held"
    say "fact holder $(cat "$belay/holder" 2>/dev/null)"
    clock
    until=$now
    case $state in
    held) read -r until <"$belay/work/$name/lease" || until=$now ;;
    armed)
      read -r until <"$belay/work/$name/deadline" || until=$now
      [ ! -e "$belay/work/$name/prolonged" ] || until=$((until + 60))
      ;;
    esac
    say "fact ends-in $((until - now))"
  fi
}

inspect_systemd() {
  say "fact unit-load $(systemctl show -p LoadState "$b_unit" 2>/dev/null | cut -d= -f2-)"
  kill_processes=$(busctl get-property org.freedesktop.login1 /org/freedesktop/login1 \
    org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null) || kill_processes=unknown
  say "fact kills-processes ${kill_processes#b }"
  say "fact recovery-unit $(systemctl is-enabled "$b_recovery" 2>/dev/null)"
  if crontab -l 2>/dev/null | grep -q "$belay/.*\.sh recover restart"; then say 'fact recovery-cron yes'; fi
  if [ "$(id -u)" -ne 0 ]; then
    LC_ALL=C sudo -n -ll 2>&1 </dev/null | while IFS= read -r line; do say "sudo $line"; done
  fi
}
