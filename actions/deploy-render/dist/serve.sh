# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from a state file
# The one process of a release on this host, detached from the connection. It is the only timer.

cmd_serve() { # NAME
  name=$1
  trap '' HUP
  worker='' at_work=''
  take_signals "$name"
  while load "$name"; do
    clock
    case $state in
    held)
      read -r until <"$work/lease" || until=0
      if [ "$now" -ge "$until" ]; then transition "$name" held released 'its lease: the runner did not renew it' || :; fi
      doze 0.5
      continue
      ;;
    armed) serve_armed ;;
    undoing)
      [ -z "$at_work" ] || kill_tree "$worker"
      run_undo undo_change
      ;;
    *)
      if [ -n "$at_work" ] && kill -0 "$worker" 2>/dev/null; then
        pause 9>&-
        continue
      fi
      [ "$state" != confirmed ] || finish_confirmed
      exec 9>&-
      hook_ended
      [ "$state" != confirmed ] || hook_retain
      exit 0
      ;;
    esac
    doze 0.2
  done
}

serve_armed() {
  if [ -z "$worker" ]; then
    (
      exec 9>&-
      if do_change; then : >"$work/passed"; fi
    ) &
    worker=$! at_work=yes
  elif [ -n "$at_work" ] && ! kill -0 "$worker" 2>/dev/null; then
    at_work=
    [ -e "$work/passed" ] || transition "$name" armed undoing 'the host itself: the change failed' || :
  fi
  read -r until <"$work/deadline"
  [ ! -e "$work/prolonged" ] || until=$((until + 60))
  [ "$now" -lt "$until" ] || hook_timeout
}

run_undo() { # UNDO: the state is undoing, and this process holds the lock
  end=mixed
  for _ in 1 2; do
    (
      exec 9>&-
      say 'going back'
      "$1"
    ) </dev/null >>"$belay/log/$name.log" 2>&1
    case $? in
    0) end=undone && break ;;
    129 | 1[3-9]? | 2??) ;;
    *) break ;;
    esac
  done
  transition "$name" undoing $end "${r_who:-somebody}" || :
  state=$end
}

finish_confirmed() { # under the lock: what a confirm leaves to do is done once, by the first process that comes here
  [ -e "$work/unfinished" ] || return 0
  (
    exec 9>&-
    hook_confirmed
  ) </dev/null >>"$belay/log/$name.log" 2>&1
  rm -f "$work/unfinished"
}

host_finish() { # the newest release was confirmed, and its process is gone
  open_lock || return 1
  flock -n 9 || return 0
  find_latest
  [ "$state" != confirmed ] || ! load "$name" || finish_confirmed
}
