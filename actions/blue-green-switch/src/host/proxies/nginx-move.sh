# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# nginx: moves the traffic. One rename and a reload, under the host's lock.

nginx_validate() { # true where nginx would load its whole configuration now, with that of other services
  if said=$(bounded 30 nginx_run validate 2>&1); then
    [ "$r_proxy_kind" = compose ] || return 0
    why="nginx in its container does not read $r_upstream/active.conf as it is here: mount the folder, not the file, and include it"
    printf '%s\n' "$said" | nginx_reads "$(cat "$r_upstream/active.conf")"
    return
  fi
  why="nginx would not load its configuration: $(printf '%s\n' "$said" | grep -m 1 -e emerg -e error || printf '%s\n' "$said" | tail -n 1)"
  return 1
}

nginx_reads() { # TEXT: whether what `nginx -T` prints, on standard input, has a file with this text
  dumped='' newline='
'
  while IFS= read -r line; do
    case $line in '# configuration file '*)
      if [ "${dumped%"$newline"}" = "$1$newline" ] || [ "$dumped" = "$1$newline" ]; then return 0; fi
      dumped=''
      continue
      ;;
    # Its messages come by another stream, anywhere between the lines of the dump.
    'nginx: '* | 'time="'*) continue ;;
    esac
    dumped=$dumped$line$newline
  done
  [ "${dumped%"$newline"}" = "$1$newline" ] || [ "$dumped" = "$1$newline" ]
}

nginx_note_file() { # before a reload, and after it: notes from when and until when the file was as it is now, by the start of
  # a process and not by the date, which may be set. On a full disk the dates must do.
  is=$(nginx_fingerprint) && nginx_noted && nginx_began_now || return 0
  [ "$noted" = "$is" ] || noted_from=$tick
  write_atomic "$belay/nginx-file" "$noted_from $tick $(boot_id) $is" 2>/dev/null || :
}

nginx_began_now() { # sets tick, of a process that begins now
  tick=$(nginx_began self && printf '%s' "$tick")
}

nginx_prepare() { # makes a file for each way beside active.conf: each way is one rename, which needs no room
  nginx_tidy
  for way in back forward; do
    # Its mode stays what it is.
    cp -p "$r_upstream/active.conf" "$r_upstream/.belay-$way" || return 1
  done
  sed "$(nginx_edit "$r_from" "$r_slot")" "$r_upstream/active.conf" >"$r_upstream/.belay-forward" &&
    cp -p "$r_upstream/.belay-forward" "$r_upstream/.belay-back" "$work/"
}

nginx_edit() { # FROM TO, both lists: prints what sed does to the file: replaces each slot, and nothing else of its line
  edit='' tos=$2
  for old in $1; do
    new=${tos%% *} tos=${tos#* }
    case $old in
    *:*) edit="$edit;s/^\([[:space:]]*server[[:space:]][[:space:]]*\)$(printf '%s' "$old" | sed 's/[].[]/\\&/g')\([[:space:];]\)/\1$new\2/" ;;
    *) edit="$edit;s/:$old\([[:space:];]\)/:$new\1/" ;;
    esac
  done
  printf '%s' "${edit#;}"
}

nginx_lock() { # sets thing: every user can read the folder of the master process, and it belongs to this nginx only
  nginx_workers && thing=/proc/$master
}

nginx_put() { # back|forward, under the host's lock: replaces the file, and waits until nginx has loaded it
  nginx_read || return 1
  wanted=$(tr '\n' '\r' <"$work/.belay-$1")
  nginx_known "$snapshot" || return 1
  nginx_validate || return 1
  # No other service reloads it under this lock: later workers have read the new file.
  nginx_workers || return 1
  nginx_before=$workers
  moving || return 1
  if [ "$snapshot" != "$wanted" ]; then
    # Keeps the file itself, to the byte. A hard link needs no room, but is refused for a file of another user.
    rm -f "$r_upstream/.belay-stay"
    why="$r_upstream/active.conf could not be kept"
    # The undo must need no room: it does without the copy.
    ln "$r_upstream/active.conf" "$r_upstream/.belay-stay" 2>/dev/null ||
      cp -p "$r_upstream/active.conf" "$r_upstream/.belay-stay" || [ "$1" = back ] || return 1
    [ -e "$r_upstream/.belay-$1" ] || cp -p "$work/.belay-$1" "$r_upstream/.belay-$1"
    why="$r_upstream/active.conf could not be replaced"
    mv -f "$r_upstream/.belay-$1" "$r_upstream/active.conf" || return 1
    if ! nginx_validate; then
      # Not loaded yet: the file is restored, so that it says what nginx serves.
      failed_why=$why
      mv -f "$r_upstream/.belay-stay" "$r_upstream/active.conf"
      why=$failed_why
      return 1
    fi
  fi
  # Before the note: where a kill left it as a hard link to the file, its removal changes the file's date.
  rm -f "$r_upstream/.belay-stay"
  nginx_note_file
  said=$(bounded 60 nginx_run reload 2>&1) || {
    why="nginx could not be reloaded: $(printf '%s\n' "$said" | tail -n 1)"
    return 1
  }
  nginx_turned && nginx_note_file
}

nginx_turned() { # waits up to ten seconds until all workers that take new connections were started by this reload
  clock
  turned_until=$((now + 10))
  until why='nginx did not start new workers; read its error log' && nginx_workers && nginx_only_new && nginx_current; do
    clock
    [ "$now" -lt $turned_until ] || return 1
    sleep_short
  done
}

nginx_known() { # SNAPSHOT: as this release found it, or left it
  for way in back forward; do
    [ "$1" != "$(tr '\n' '\r' <"$work/.belay-$way")" ] || return 0
  done
  why="$r_upstream/active.conf was changed from outside during this release; Belay leaves it as it is"
  return 1
}

nginx_apply() { # SLOT=WEIGHT…: only all or nothing
  case " $* " in *" ${r_slot%% *}=100 "*) under_host_lock nginx_put forward ;; *) under_host_lock nginx_put back ;; esac
}

nginx_restore() { under_host_lock nginx_put back; }

nginx_confirm() { # SLOT=WEIGHT…: true where the file that nginx has loaded says so
  nginx_workers && nginx_current && nginx_read || return 1
  for pair in "$@"; do
    case " $weights" in *" $pair "*) ;; *)
      why="$r_upstream/active.conf says $weights, not $*"
      return 1
      ;;
    esac
  done
}

nginx_only_new() {
  for worker_pid in $nginx_before; do
    case " $workers" in *" $worker_pid "*) return 1 ;; esac
  done
}

nginx_left() { # SLOT…: prints how many connections they have, and with them how many workers from before the reload are left:
  # on a busy host such a worker still has requests that it has not passed on
  count=$(nginx_inflight "$@")
  for worker_pid in ${nginx_before-}; do
    [ ! -d "/proc/$worker_pid" ] || count=$((${count:-0} + 1))
  done
  printf '%s' "$count"
}

nginx_persist() { rm -f "$r_upstream/.belay-forward"; } # the file is what a restart reads

nginx_tidy() { rm -f "$r_upstream/.belay-forward" "$r_upstream/.belay-back" "$r_upstream/.belay-stay"; }

nginx_restore_at_boot() { # before nginx starts: restores the file; reloads one that runs already
  if nginx_runs; then under_host_lock nginx_back_at_boot; else nginx_back_at_boot; fi
}

nginx_back_at_boot() {
  nginx_read || return 1
  nginx_known "$snapshot" || return 1
  [ -e "$r_upstream/.belay-back" ] || cp -p "$work/.belay-back" "$r_upstream/.belay-back"
  why="$r_upstream/active.conf could not be replaced"
  mv -f "$r_upstream/.belay-back" "$r_upstream/active.conf" || return 1
  nginx_note_file
  # Checked again: one that was started since may have read the former file.
  nginx_runs || return 0
  said=$(bounded 30 nginx_run reload 2>&1) || {
    why="nginx could not be reloaded: $(printf '%s\n' "$said" | tail -n 1)"
    return 1
  }
}
