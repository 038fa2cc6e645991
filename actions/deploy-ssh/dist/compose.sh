# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the change, why goes to the caller
# The containers of a release: what driver.sh asks of a driver, by Docker Compose.

compose_prepare() {
  forget_logins "$belay"/work/*/release
  compose_place
  for e_file in "$env_file.belay-$variable-"*; do rm -f "$e_file"; done
  env_alone && compose_save
  e_status=$?
  exec 8<&-
  return $e_status
}

compose_save() { # prepares both ways before the confirm timeout: each is one rename
  env_line || return 1
  back=$e_line before=$(image_of "$r_previous")
  if [ -z "$r_slots" ] && [ -n "$before" ] && [ "$(env_value "$e_line")" != "$before" ]; then back=$variable=$before; fi
  printf '%s\n' "$e_line" >"$work/env.former" && printf '%s\n' "$variable=$r_manifest" >"$work/env.forward" &&
    printf '%s\n' "$back" >"$work/env.back" &&
    { [ -z "$(compose_containers)" ] || (: >"$work/ran"); } &&
    env_write forward "$variable=$r_manifest" && env_write back "$back"
}

image_of() { # RELEASE: prints the image that it is, nothing where it is none
  [ -z "$1" ] || cat "$b_base/releases/$1/image" 2>/dev/null
}

compose_restart() { # RELEASE
  compose_place
  if [ "$1" = "$r_release" ]; then
    env_put forward && compose_up
    return
  fi
  env_put back || return 1
  if [ -n "$1" ] || [ -e "$work/ran" ]; then compose_up; else compose_say 120 rm --stop --force; fi
}

compose_up() { # starts the pulled image, by its digest: nothing is pulled now, and no other container is touched
  compose_say $((r_check_timeout + 60)) up --detach --no-deps --no-build --pull never \
    --wait --wait-timeout "$r_check_timeout"
}

compose_say() { # SECONDS WORD ARGUMENT…: for the services of this release; sets why
  seconds=$1 word=$2
  shift
  said=$(bounded "$seconds" compose "$@" $services 2>&1) && return 0
  why="docker compose $word$services: $(printf '%s\n' "$said" | grep -v '^ *$' | tail -n 1)"
  return 1
}

compose_started_by_boot() { :; }

compose_stop() {
  compose_place
  compose_say 120 stop
}

compose_is_stopped() { false; }

compose_enable() { :; }

compose_disable() { :; }

compose_skip_boot() { compose_stop; }

compose_look() { # sets seen, which differs for other containers and other starts; lost where one has ended; else why
  compose_place
  seen='' lost='' bad='' ids=$(compose_containers)
  why="there is no container of$services"
  [ -n "$ids" ] || return 1
  if [ -n "$r_slots" ]; then image=$(image_of "$(release_in "$BELAY_SLOT")"); else
    image=$(readlink "$b_base/current" 2>/dev/null) || image=''
    image=$(image_of "${image##*/}")
  fi
  states_now=$(bounded 20 docker inspect --format '{{.Name}} {{.ID}}/{{.State.Pid}}/{{.RestartCount}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.Config.Image}}' $ids 2>&1) || {
    why="containers of$services cannot be inspected: $(printf '%s\n' "$states_now" | tail -n 1)"
    return 1
  }
  while read -r container id status health runs; do
    seen="$seen$id "
    case $status in exited | dead) lost=yes ;; esac
    case $status/$health in
    running/none | running/healthy) [ -z "$image" ] || [ "$image" = "$runs" ] || bad="container ${container#/} runs $runs, not $image" ;;
    *) bad="container ${container#/} is $status, its health $health" ;;
    esac
  done <<STATES
$states_now
STATES
  why=$bad
  [ -z "$bad" ]
}

compose_containers() { # prints their ids, by their labels, which is faster than to ask Compose
  bounded 20 docker ps --all --no-trunc --filter "label=com.docker.compose.project=$r_project" \
    --filter label=com.docker.compose.oneoff=False \
    --format '{{.ID}} {{.Label "com.docker.compose.service"}}' 2>/dev/null | while read -r id service; do
    case "$services " in *" $service "*) printf '%s\n' "$id" ;; esac
  done
}

compose_snapshot() {
  compose_look || :
  began=$seen
}

compose_is_stable() {
  compose_look || return 1
  if [ "$seen" = "$began" ]; then return 0; fi
  began=$seen why="the containers of$services are not those that were started, or were started again: they keep stopping"
  return 1
}

compose_is_gone() {
  lost_why=$why
  compose_look || [ -z "$lost" ] || return 0
  why=$lost_why
  return 1
}

compose_wait_stable() { sleep 3; }

compose_was_seen() { :; }

compose_unreadable_logs() { :; }

compose_running_before() { :; }

compose_tail() {
  compose_place
  bounded 20 compose logs --no-color --no-log-prefix --tail 30 $services | sed "s/^$(printf '\033')\[2K//"
}

compose_restore() {
  compose_place
  env_put back
}

compose_tidy() {
  compose_place
  rm -f "$(env_ready forward)" "$(env_ready back)"
  forget_logins "$work"
}
