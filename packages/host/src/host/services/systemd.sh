# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# A unit of systemd runs the service: r_restart names it.

unit_says() { # PROPERTY
  systemctl show -p "$1" "$r_restart" | cut -d= -f2-
}

systemd_restart() { # RELEASE
  why="systemd:$r_restart ended with an error or took too long"
  if [ -z "$1" ]; then
    bounded 120 as_root systemctl stop "$r_restart"
    return
  fi
  before=$(unit_says InvocationID)
  # Without it the sixth start within ten seconds is refused, also the undo's (docs/research/hosts.md#the-sixth-start).
  bounded 30 as_root systemctl reset-failed "$r_restart" || :
  bounded 120 as_root systemctl restart "$r_restart" || return 1
  if [ -n "$before" ] && [ "$(unit_says InvocationID)" = "$before" ]; then
    why="unit $r_restart was not restarted: the former process still runs"
    return 1
  fi
}

unit_inspect() { # sets unit_state, unit_pid, and unit_life, which differs for each start of the unit
  unit_state='' unit_pid='' unit_life=''
  while IFS='=' read -r key value; do
    case $key in
    ActiveState) unit_state=$value ;;
    MainPID) unit_pid=$value unit_life="$unit_life $value" ;;
    InvocationID | NRestarts) unit_life="$unit_life $value" ;;
    esac
  done <<SHOW
$(systemctl show -p ActiveState -p MainPID -p InvocationID -p NRestarts "$r_restart")
SHOW
}

systemd_snapshot() {
  unit_inspect
  unit_note
}

unit_note() {
  begun=$unit_life begun_pid=$unit_pid
  clock
  begun_at=$now
}

systemd_is_stable() {
  unit_inspect
  if [ "$unit_state" = active ] && [ "$unit_life" = "$begun" ]; then return 0; fi
  why="unit $r_restart is $unit_state, its process $unit_pid instead of $begun_pid: it keeps stopping"
  unit_note
  return 1
}

# A unit that only started something (oneshot, some forking ones) has no main process.
systemd_was_seen() { [ "${begun_pid:-0}" != 0 ]; }

systemd_is_gone() {
  why="unit $r_restart failed"
  [ "$(unit_says ActiveState)" = failed ]
}

systemd_wait_stable() { # waits until the noted process has run for three seconds
  clock
  while [ "$now" -le $((begun_at + 3)) ]; do
    pause
    clock
  done
}

systemd_tail() {
  log_places | while IFS= read -r place; do
    case $place in
    journal) ! may_read_journal || bounded 20 journalctl -q -u "$r_restart" -n 30 -o cat --no-pager ;;
    *) [ ! -r "$place" ] || bounded 20 tail -n 30 "$place" ;;
    esac
  done
}

systemd_unreadable_logs() { # prints kinds only; the runner writes the remedy: no command for root comes from a host
  log_places | while IFS= read -r place; do
    case $place in
    journal) may_read_journal || printf 'journal\n' ;;
    nowhere) printf 'nowhere\n' ;;
    *) [ -r "$place" ] || { [ ! -e "$place" ] && [ -x "${place%/*}" ]; } || printf 'file %s\n' "$place" ;;
    esac
  done
}

may_read_journal() { # by the rights to its files (group or ACL); else by whether earlier lines of the unit can be read
  [ "$(id -u)" -ne 0 ] || return 0
  for file in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
    [ ! -r "$file" ] || return 0
  done
  [ -n "$(bounded 20 journalctl -q -u "$r_restart" -n 1 -o cat --no-pager 2>/dev/null)" ]
}

log_places() { # prints, each once and on a line, `journal`, `nowhere`, or a file
  printed=''
  for stream in StandardOutput StandardError; do
    kind=$(unit_says $stream)
    case $kind in
    inherit | '') continue ;;
    journal* | syslog* | kmsg*) place=journal ;;
    append* | file* | truncate*) place=$(log_file $stream) ;;
    *) place=nowhere ;;
    esac
    if [ "$place" = "$printed" ]; then continue; fi
    printed=$place
    [ -z "$place" ] || printf '%s\n' "$place"
  done
}

# systemd reports only `append`, without the file (docs/research/hosts.md#where-a-unit-writes-its-lines).
log_file() { # STREAM: prints the path from the unit's files; the last one counts
  name=$r_restart
  case $name in *.service | *.socket | *.target | *.timer) ;; *) name=$name.service ;; esac
  short=${name%.*}
  instance=''
  case $short in *@*) instance=${short#*@} ;; esac
  systemctl cat "$r_restart" 2>/dev/null |
    sed -n -e "s/^ *$1 *= *append://p" -e "s/^ *$1 *= *file://p" -e "s/^ *$1 *= *truncate://p" | tail -n 1 |
    sed -e "s|%[iI]|$instance|g" -e "s|%n|$name|g" -e "s|%N|$short|g" -e "s|%[pP]|${short%%@*}|g" -e 's|%%|%|g'
}

systemd_running_before() {
  unit_inspect
  case $unit_state in active | reloading | deactivating) printf '%s\n' "unit $r_restart is active" ;; esac
}

systemd_missing() {
  command -v systemctl >/dev/null 2>&1 || return 0
  case $r_restart in
  *'{slot}'*) asked=$r_slots ;;
  *) asked=${BELAY_SLOT:-none} ;;
  esac
  for slot in $asked; do
    (
      link=current
      if [ "$slot" != none ]; then
        use_slot "$slot"
        link=slots/$slot
      fi
      inspect_unit "$link"
    )
  done
}

inspect_unit() { # LINK: the folder below the base that it has to run
  [ "$(unit_says LoadState)" = loaded ] || return 0
  slot=${BELAY_SLOT:--}
  [ "$(unit_says NeedDaemonReload)" != yes ] || say "doubt unit-not-reloaded $slot"
  systemd_unreadable_logs | while IFS= read -r line; do say "doubt lines-unread $slot $line"; done
  home=$b_base/$1
  real_base=$(readlink -f "$b_base" 2>/dev/null) || real_base=$b_base
  where=$(unit_says WorkingDirectory) where=${where#!}
  runs=$(systemctl show -p ExecStart -p ExecStartPre -p Environment -p RootDirectory -p BindPaths -p BindReadOnlyPaths "$r_restart")
  case "$where
$runs" in *"$home"* | *"$real_base/$1"*) return 0 ;; esac
  other='' program=''
  set -f
  for path in $where $(printf '%s\n' "$runs" | sed -n 's/^ExecStart=.*argv\[\]=\(.*\) ; ignore_errors=.*/\1/p' | tr "\"'=,;()" '       '); do
    case $path in
    # They do not show where the service is.
    / | /usr | /usr/* | /bin/* | /sbin/* | /lib* | /etc/* | /run/* | /tmp* | /dev/* | /proc/* | /sys/* | /root | /home) continue ;;
    /var/lib/* | /var/log/* | /var/run/* | /var/cache/* | /var/tmp/*) continue ;;
    /*) ;;
    *) path=$where/${path#./} ;;
    esac
    whose_path "$path" "$1"
    case $whose in
    ours) return 0 ;;
    other) other=${other:-$path} ;;
    # Arguments after the program, such as a configuration, do not show where the service is.
    *) if [ -f "$path" ]; then program=${program:-$path}; fi ;;
    esac
  done
  if [ -n "$other" ]; then
    say "missing unit-elsewhere unit $r_restart runs $other, not what is released: set WorkingDirectory=$home, and start programs below it. If the unit does run the release, name the folder in it: Environment=APP_HOME=$home"
  else
    # A wrapper or an application server may still run it. The runner knows which files are released.
    say "doubt unit-unknown $slot $program"
  fi
}

whose_path() { # PATH LINK: sets whose: ours, where it leads to what is released; other, where it is below another release;
  # or unknown
  whose=unknown upward=$1
  # Below the base, by any path that leads there.
  while [ -n "$upward" ]; do
    if [ "$(readlink -f "$upward" 2>/dev/null)" = "$real_base" ]; then
      case ${1#"$upward"}/ in
      "/$2/"*) whose=ours ;;
      /current/* | /slots/?* | /releases/?*) whose=other ;;
      esac
    fi
    upward=${upward%/*}
  done
  [ $whose = unknown ] || return 0
  upward=$1
  while [ -n "$upward" ]; do
    if [ -L "$upward" ]; then
      case $(readlink -f "$upward" 2>/dev/null)/ in
      "$real_base/$2"/* | "$real_base"/releases/*) whose=ours ;;
      esac
    fi
    upward=${upward%/*}
  done
  [ $whose = ours ] || ! in_other_tree "$1" || whose=other
}

in_other_tree() { # PATH: whether it is in the releases of another service, by the folders beside it
  for part in current releases slots; do
    tree=${1%%"/$part/"*}
    if [ "$tree" = "$1" ]; then tree=${1%"/$part"}; fi
    if [ "$tree" != "$1" ] && [ -d "$tree/releases" ] && { [ -L "$tree/current" ] || [ -d "$tree/slots" ]; }; then return 0; fi
  done
  return 1
}

systemd_facts() { :; }

systemd_prepare() { :; }

systemd_restore() { :; }

systemd_tidy() { :; }

systemd_started_by_boot() { false; }

systemd_stop() {
  why="systemctl stop $r_restart failed"
  bounded 120 as_root systemctl stop "$r_restart" && systemd_disable || return 1
  # A crash in a stopped slot must not show up as a failed unit.
  bounded 30 as_root systemctl reset-failed "$r_restart" 2>/dev/null || :
}

systemd_is_stopped() { case $(unit_says ActiveState) in inactive | failed) ;; *) return 1 ;; esac }

systemd_enable() {
  why="systemctl enable $r_restart failed"
  bounded 30 as_root systemctl enable "$r_restart" 2>/dev/null
}

systemd_disable() {
  why="systemctl disable $r_restart failed"
  bounded 30 as_root systemctl disable "$r_restart" 2>/dev/null
}

# The undone switch had enabled the unit: this boot has queued its start already.
systemd_skip_boot() { systemd_stop; }
