# shellcheck shell=sh disable=SC2154,SC2034 # shared with the other files
# The one process of a transaction on this host, detached from the connection. It is the only timer. Each change is made and
# undone by a process of its own, by the script that the change's own step brought.

cmd_serve() { # NAME
  name=$1 kind='' worker='' begun=' '
  trap '' HUP
  take_signals "$name"
  while load "$name"; do
    clock
    case $state in
    held)
      read -r until <"$transaction/lease" || until=0
      if [ "$now" -ge "$until" ]; then transition "$name" held released 'its lease: the runner did not renew it' || :; fi
      doze 0.5
      continue
      ;;
    armed) serve_armed ;;
    undoing)
      [ -z "$worker" ] || kill_tree "$worker"
      run_undo undo
      ;;
    *)
      if [ -n "$worker" ] && kill -0 "$worker" 2>/dev/null; then
        pause 9>&-
        continue
      fi
      [ "$state" != confirmed ] || finish_confirmed
      run_each ended
      exec 9>&-
      [ "$state" != confirmed ] || run_each retain
      exit 0
      ;;
    esac
    doze 0.2
  done
}

serve_armed() {
  if [ -n "$worker" ] && ! kill -0 "$worker" 2>/dev/null; then
    worker=''
    [ -e "$transaction/$kind/passed" ] || transition "$name" armed undoing 'the host itself: the change failed' || :
  fi
  [ -n "$worker" ] || [ "$state" != armed ] || begin_ordered
  read -r until <"$transaction/deadline"
  [ ! -e "$transaction/prolonged" ] || until=$((until + 60))
  [ "$now" -lt "$until" ] || transition "$name" armed undoing 'the confirm timeout: it was not confirmed in time' || :
}

begin_ordered() { # starts the next change that the runner ordered
  for kind in $kinds; do
    case $begun in *" $kind "*) continue ;; esac
    [ -e "$transaction/$kind/ordered" ] || continue
    begun="$begun$kind "
    become_change make "$kind" &
    worker=$!
    return
  done
}

run_change() { (become_change "$@"); } # WORD KIND: its status

become_change() { # WORD KIND: this subshell goes on as the process of the change
  exec 9>&- </dev/null >>"$belay/log/$name.$2.log" 2>&1
  r_script=''
  read_state "$changes/$name.$2" || give_up "$changes/$name.$2 is incomplete"
  [ -e "$belay/$r_script.sh" ] || give_up "$belay/$r_script.sh does not exist any more"
  exec sh "$belay/$r_script.sh" change "$1" "$b_base" "$name" "$2"
}

give_up() {
  say "undo-failed $1"
  exit 1
}

run_each() { # WORD: of all changes that were ordered; `ended` also of those that were only prepared
  for kind in $kinds; do
    [ -e "$changes/$name.$kind" ] || continue
    if [ "$1" = ended ] || [ -e "$belay/work/$name/$kind/ordered" ]; then run_change "$1" "$kind" || :; fi
  done
}

run_undo() { # WORD: the state is undoing, and this process holds the lock. Each is undone, also where a later one stays
  end=undone
  for kind in $kinds_back; do
    if [ ! -e "$transaction/$kind/ordered" ] || [ -e "$transaction/$kind/undone" ]; then continue; fi
    undo_one "$1"
    case $? in
    0) ;;
    3) return 0 ;;
    *) end=mixed ;;
    esac
  done
  transition "$name" undoing $end "${r_who:-somebody}" || :
  state=$end
}

undo_dead() { # WHO WORD: of name, under the lock; its process is gone. Returns 1 where another one has decided
  kill_orphans "$name"
  load "$name" || return 1
  [ "$state" = undoing ] || transition "$name" armed undoing "$1" || return 1
  run_undo "$2"
}

undo_one() { # WORD: of kind; 3 where that can be done only later, as the service is not there yet
  for _ in 1 2; do
    run_change "$1" "$kind"
    case $? in
    0)
      (: >"$transaction/$kind/undone") 2>/dev/null || :
      return 0
      ;;
    129 | 1[3-9]? | 2??) ;;
    3) return 3 ;;
    *) return 1 ;;
    esac
  done
  return 1
}

finish_confirmed() { # under the lock: what a confirm leaves to do is done once, by the first process that comes here
  [ -e "$belay/work/$name/unfinished" ] || return 0
  run_each confirmed
  rm -f "$belay/work/$name/unfinished"
}

host_finish() { # the newest transaction was confirmed, and its process is gone
  open_lock || return 1
  flock -n 9 || return 0
  find_latest
  [ "$state" != confirmed ] || finish_confirmed
}

cmd_change() { # WORD NAME KIND: a part of a change
  name=$2
  load_change "$2" "$3" || return 1
  case $1 in
  make) do_change && (: >"$work/passed") ;;
  undo)
    say 'going back'
    undo_change
    ;;
  undo-at-boot)
    say 'going back'
    undo_change_at_boot
    ;;
  confirmed) hook_confirmed ;;
  ended) hook_ended ;;
  retain) hook_retain ;;
  esac
}
