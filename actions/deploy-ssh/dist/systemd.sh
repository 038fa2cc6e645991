# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the release's state file, why goes to deploy.sh
# A unit of systemd runs the service: r_restart names it.

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

unit_says() { # PROPERTY
  systemctl show -p "$1" "$r_restart" | cut -d= -f2-
}

systemd_restart() { # RELEASE
  why="systemd:$r_restart ended with an error or took too long"
  if [ -z "$1" ]; then
    bounded 120 as_root systemctl stop "$r_restart"
    return
  fi
  # Without it the sixth start within ten seconds is refused, also the undo's (measured).
  bounded 30 as_root systemctl reset-failed "$r_restart" || :
  bounded 120 as_root systemctl restart "$r_restart"
}

systemd_began() { restarted_pid=$(unit_says MainPID); }

systemd_steady() {
  active=$(unit_says ActiveState) pid=$(unit_says MainPID)
  if [ "$active" = active ] && [ "$pid" = "$restarted_pid" ]; then return 0; fi
  why="unit $r_restart is $active, its process $pid instead of $restarted_pid: it keeps ending"
  restarted_pid=$pid
  return 1
}

systemd_lost() {
  why="unit $r_restart failed"
  [ "$(unit_says ActiveState)" = failed ]
}

systemd_settle() { sleep 3; }

systemd_tail() {
  file=$(unit_says StandardOutput)
  case $file in
  append:* | file:* | truncate:*) bounded 20 tail -n 30 "${file#*:}" ;;
  *) bounded 20 journalctl -u "$r_restart" -n 30 -o cat --no-pager ;;
  esac
}

systemd_facts() { :; }
systemd_prepare() { :; }
systemd_put_back() { :; }
systemd_tidy() { :; }
systemd_missing() { :; }
systemd_booted() { false; }

# ---- of a slot
systemd_stop() {
  why="systemctl stop $r_restart failed"
  bounded 120 as_root systemctl stop "$r_restart" && systemd_disable || return 1
  # What crashed there is no news to anybody who looks at the machine afterwards.
  bounded 30 as_root systemctl reset-failed "$r_restart" 2>/dev/null || :
}

systemd_stopped() { case $(unit_says ActiveState) in inactive | failed) ;; *) return 1 ;; esac }

systemd_enable() {
  why="systemctl enable $r_restart failed"
  bounded 30 as_root systemctl enable "$r_restart" 2>/dev/null
}

systemd_disable() {
  why="systemctl disable $r_restart failed"
  bounded 30 as_root systemctl disable "$r_restart" 2>/dev/null
}

# A switch that was undone had it enabled: its start is in this boot's queue already.
systemd_skip_boot() { systemd_stop; }
