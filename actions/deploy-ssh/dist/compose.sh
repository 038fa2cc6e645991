# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031,SC2016 # r_… come from the release's state file, why goes to deploy.sh; subshells lose variables on purpose; '${' is text
# Docker Compose runs the service, by the team's own file in the folder r_restart. A release is an image by its digest,
# kept in releases/ID/image. Compose reads it from one line NAME=REF of that folder's .env, so that `docker compose up -d`
# by hand, or after a reboot, is right too. Facts found on the host: r_project, Compose's name for it, and r_compose, a
# word PLACE/SERVICE/NAME/FORM for each service that is released: PLACE is the slot's port, or -; FORM is `required` where
# Compose refuses to work without the variable.

compose_place() { # sets services, with a space before each, and variable: of this slot, or of the release without slots
  services='' variable=''
  place=-
  [ -z "$r_slots" ] || place=$BELAY_SLOT
  for fact in $r_compose; do
    case $fact in "$place"/*) ;; *) continue ;; esac
    fact=${fact#*/}
    services="$services ${fact%%/*}" fact=${fact#*/}
    variable=${fact%%/*}
  done
  env_file=$r_restart/.env
}

compose() { # WORD ARGUMENT…: runs Compose in the team's folder. A variable of the login would win over the file's line, and
  # without a required one that is not set yet Compose would do nothing.
  (
    for fact in $r_compose; do
      fact=${fact#*/*/}
      unset "${fact%%/*}"
    done
    for fact in $r_compose; do
      case $fact in */required) ;; *) continue ;; esac
      fact=${fact#*/*/}
      variable=${fact%%/*}
      if ! env_line || [ -z "$e_line" ]; then export "$variable=not-released-yet"; fi
    done
    export COMPOSE_ANSI=never
    exec docker compose --project-directory "$r_restart" "$@"
  )
}

# ---- what is in the team's file, as `config --format json` prints it: read by line, as a host needs only a shell. The
# layout is that of Go's encoder (docs/research/components.md#docker-compose): two spaces a level, one value a line. Any
# other layout is refused, as reading half of it would give a wrong answer. Everything else, such as secrets in
# `environment`, is skipped.
compose_read() { # of the JSON on standard input prints, a line each: `project NAME`; `image SERVICE/NAME/FORM` for a service
  # whose image is one variable; `port SERVICE/PORT` for a port that is published. Of another layout: the number of the
  # first line that shows it, and returns 1
  part='' service='' block='' indent='' number=0
  while IFS= read -r text || [ -n "$text" ]; do
    number=$((number + 1))
    compose_line || {
      printf '%s' $number
      return 1
    }
  done
  # There were lines, and all blocks are closed.
  if [ $number -gt 1 ] && [ -z "$indent" ]; then return 0; fi
  printf '%s' $number
  return 1
}

compose_line() { # text; false where the layout differs
  outside=${indent#  }
  case ${text%,} in
  "$outside}" | "$outside]")
    [ -n "$indent" ] || return 1
    indent=$outside
    return 0
    ;;
  "$indent"[!\ ]*) value=${text#"$indent"} ;;
  *) return 1 ;;
  esac
  key=${value#'"'}
  key=${key%%'"'*}
  # In a string a quote has a backslash before it, so this form is a key.
  case $value in '"'"$key"'": '*) value=${value#*'": '} ;; *) key='' ;; esac
  case $value in
  '{' | '[')
    compose_block
    indent="$indent  "
    ;;
  '{}' | '{},' | '[]' | '[],') ;;
  '"'*'"' | '"'*'",' | [-0-9]* | true* | false* | null*) compose_value ;;
  *) return 1 ;;
  esac
}

compose_block() { # notes where it is: networks and volumes have names, too
  case $indent in
  '  ') part=$key ;;
  '    ') service=$key block='' ;;
  '      ') block=$key ;;
  esac
}

compose_value() {
  value=${value%,} value=${value#'"'} value=${value%'"'}
  # More than one value.
  case $value in '"'* | *[!\\]'"'*) return 1 ;; esac
  case $part/$block/$indent$key in
  *'/  name') printf '%s\n' "project $value" ;;
  'services/'*'/      image') compose_variable "$value" ;;
  'services/ports/          published') printf '%s\n' "port $service/$value" ;;
  esac
}

compose_variable() { # IMAGE
  form=optional
  case $1 in
  '${'*'}') rest=${1#'${'} rest=${rest%'}'} ;;
  # Without braces nothing may follow the name.
  '$'*[!A-Za-z0-9_]*) return 0 ;;
  '$'*) rest=${1#'$'} ;;
  *) return 0 ;;
  esac
  name=${rest%%[!A-Za-z0-9_]*}
  # In the braces a default or an error text follows. Belay does not set an image of more than one variable.
  case ${rest#"$name"} in
  *'$'*) return 0 ;;
  ':?'* | '?'*) form=required ;;
  '' | ':-'* | '-'*) ;;
  *) return 0 ;;
  esac
  case $name in '' | [0-9]*) return 0 ;; esac
  printf '%s\n' "image $service/$name/$form"
}

compose_facts() { # prints r_compose as a line for the state file; else CODE WHY, and returns 1
  env_file=$r_restart/.env r_compose=''
  found=$(compose_find --no-interpolate) || {
    printf '%s' "$found"
    return 1
  }
  images=$(compose_found image) ports='' project=$(compose_found project)
  if [ -n "$r_slots" ]; then
    for one in $images; do r_compose="$r_compose -/$one"; done
    found=$(compose_find) || {
      printf '%s' "$found"
      return 1
    }
    ports=$(compose_found port)
  fi
  compose_choose "$images" "$ports" || return 1
  assign r_project "$project"
}

compose_find() { # [--no-interpolate]: prints what compose_read finds in the team's file; else CODE WHY, and returns 1
  # Without its warnings, which would be between the lines.
  if ! said=$(bounded 30 compose config "$@" --format json 2>/dev/null); then
    said=$(bounded 30 compose config "$@" --quiet 2>&1) || :
    compose_unreadable
    return 1
  fi
  found=$(printf '%s\n' "$said" | compose_read) || {
    found="line $found of what \`docker compose config --format json\` prints in $r_restart"
    printf '%s' "compose-layout $found does not have the layout of Docker Compose 2: Belay cannot read from it which services are released"
    return 1
  }
  printf '%s\n' "$found"
}

compose_found() { # image|port|project: prints what was found of it
  printf '%s\n' "$found" | sed -n "s/^$1 //p"
}

compose_unreadable() {
  printf '%s' "compose-invalid Compose cannot read what is in $r_restart: $(printf '%s\n' "$said" | tail -n 1)"
}

compose_choose() { # IMAGES, PORTS: what was found of them, a line each
  chosen='' names=' '
  if [ -z "$r_slots" ]; then compose_choose_all "$1"; else
    for port in $r_slots; do compose_choose_slot "$port" "$1" "$2" || return 1; done
  fi || return 1
  assign r_compose "${chosen# }"
}

compose_choose_all() { # LINES: all services with the same, only variable
  for one in $1; do
    chosen="$chosen -/$one"
    compose_name "$one"
    case $names in *" $name "*) ;; *) names="$names$name " ;; esac
  done
  case $names in
  ' ')
    printf '%s' "variable-missing no service in $r_restart has an image that is one variable: write image: \${NAME}, and NAME is what a release sets in .env"
    return 1
    ;;
  ' '*' '*' ')
    printf '%s' "variable-missing the images in $r_restart come from more than one variable,${names% }: without slots a release sets one"
    return 1
    ;;
  esac
}

compose_choose_slot() { # PORT IMAGES PORTS: the one service that publishes it
  several=''
  for one in $3; do
    [ "${one#*/}" = "$1" ] || continue
    for image in $2; do
      [ "${image%%/*}" != "${one%%/*}" ] || several="$several $image"
    done
  done
  why="no service in $r_restart whose image is one variable publishes port $1: write image: \${NAME} and ports: [\"127.0.0.1:$1:…\"]"
  case $several in
  ' '*' '*) why="more than one service in $r_restart publishes port $1:$several" ;;
  ' '*)
    compose_name "${several# }"
    why="both slots have their image from $name in $r_restart: each needs a variable of its own"
    case $names in *" $name "*) ;; *) why='' ;; esac
    ;;
  esac
  if [ -n "$why" ]; then
    printf '%s' "variable-missing $why"
    return 1
  fi
  names="$names$name " chosen="$chosen $1/${several# }"
}

compose_name() { # SERVICE/NAME/FORM: sets name
  name=${1#*/} name=${name%/*}
}

# ---- the line in .env
env_is() { # LINE: whether it gives the variable its value
  e_rest=${1#"${1%%[![:space:]]*}"}
  case $e_rest in export[[:space:]]*) e_rest=${e_rest#export} e_rest=${e_rest#"${e_rest%%[![:space:]]*}"} ;; esac
  case $e_rest in "$variable"*) e_rest=${e_rest#"$variable"} ;; *) return 1 ;; esac
  e_rest=${e_rest#"${e_rest%%[![:space:]]*}"}
  case $e_rest in [=:]*) ;; *) return 1 ;; esac
}

env_line() { # sets e_line to the variable's line, empty where there is none
  e_line='' e_count=0
  [ -r "$env_file" ] || {
    why="$env_file is missing or cannot be read"
    return 1
  }
  while IFS= read -r e_text || [ -n "$e_text" ]; do
    if env_is "$e_text"; then e_line=$e_text e_count=$((e_count + 1)); fi
  done <"$env_file"
  [ $e_count -le 1 ] || {
    why="$env_file gives $variable $e_count times: leave one"
    return 1
  }
}

env_value() { # LINE: prints its value, without quotes
  env_is "$1" || return 0
  e_rest=${e_rest#?}
  e_rest=${e_rest#"${e_rest%%[![:space:]]*}"}
  case $e_rest in
  \"*) e_rest=${e_rest#?} e_rest=${e_rest%%\"*} ;;
  \'*) e_rest=${e_rest#?} e_rest=${e_rest%%\'*} ;;
  esac
  printf '%s' "${e_rest%%[[:space:]]*}"
}

env_with() { # LINE FILE: prints the file with this line for the variable, or without one
  e_placed=$1
  while IFS= read -r e_text || [ -n "$e_text" ]; do
    if env_is "$e_text"; then
      [ -z "$e_placed" ] || printf '%s\n' "$e_placed"
      e_placed=''
    else
      printf '%s\n' "$e_text"
    fi
  done <"$2"
  [ -z "$e_placed" ] || printf '%s\n' "$e_placed"
}

env_ready() { # forward|back: prints the path of the prepared file. It is beside .env, as it holds the same secrets.
  printf '%s' "$env_file.belay-$variable-${work##*/}-$1"
}

env_write() { # WAY LINE: prepares the new .env with its owner and mode; sets why
  why="$(env_ready "$1") could not be written: is there room, and does .env belong to $(id -un)?"
  cp -p "$env_file" "$(env_ready "$1")" &&
    { [ "$2" = "$e_line" ] || env_with "$2" "$env_file" >"$(env_ready "$1")"; } &&
    [ "$(stat -c '%u %g %a' "$env_file")" = "$(stat -c '%u %g %a' "$(env_ready "$1")")" ]
}

env_alone() { # locks .env, which also holds the variables of other services
  why="$r_restart cannot be locked: another release is writing its .env"
  command exec 8<"$r_restart" || return 1
  e_tries=0
  until flock -n 8; do
    e_tries=$((e_tries + 1))
    [ $e_tries -lt 100 ] || return 1
    blink
  done
}

env_put() { # forward|back: changes the line only where it is as this release found or left it (rule 5)
  env_alone && env_put_alone "$1"
  e_status=$?
  exec 8<&-
  return $e_status
}

env_put_alone() {
  env_line || return 1
  e_wanted=$(cat "$work/env.$1")
  if [ "$e_line" = "$e_wanted" ]; then return 0; fi
  e_known=''
  for e_file in former forward back; do
    [ "$e_line" != "$(cat "$work/env.$e_file")" ] || e_known=yes
  done
  if [ -z "$e_known" ]; then
    if [ "$1" = back ] && [ ! -e "$work/env.put" ]; then return 0; fi
    why="$env_file now says \"$e_line\", which this release neither found nor wrote: Belay leaves it as it is"
    return 1
  fi
  why='the disk is full'
  [ "$1" = back ] || (: >"$work/env.put") || return 1
  # One rename. The prepared file needs no room, if nothing else in .env was changed since.
  if [ ! -e "$(env_ready "$1")" ] ||
    [ "$(env_with "$e_wanted" "$env_file" | cksum)" != "$(env_with "$e_wanted" "$(env_ready "$1")" | cksum)" ]; then
    env_write "$1" "$e_wanted" || return 1
  fi
  why="$env_file could not be replaced"
  mv -f "$(env_ready "$1")" "$env_file"
}

# ---- what deploy.sh asks of a driver
compose_prepare() {
  forget_logins "$belay"/work/*
  compose_place
  # Of releases whose process was killed.
  for e_file in "$env_file.belay-$variable-"*; do rm -f "$e_file"; done
  env_alone && compose_save
  e_status=$?
  exec 8<&-
  return $e_status
}

compose_save() { # prepares both ways before the confirm timeout: each is one rename
  env_line || return 1
  back=$e_line before=$(image_of "$r_previous")
  # Without slots the undo restores what was committed, also where the line was changed by hand; a slot gets what it had.
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
  # Without an earlier release, containers that were started by hand before are restored; else nothing is to run.
  if [ -n "$1" ] || [ -e "$work/ran" ]; then compose_up; else compose_say 120 rm --stop --force; fi
}

compose_up() { # starts the pulled image, by its digest: nothing is pulled now, and no other container is touched
  compose_say $((r_check_timeout + 60)) up --detach --no-deps --no-build --pull never \
    --wait --wait-timeout "$r_check_timeout"
}

compose_say() { # SECONDS WORD ARGUMENT…: for the services of this release; sets why
  seconds=$1 word=$2
  shift
  # shellcheck disable=SC2086 # a list of names
  said=$(bounded "$seconds" compose "$@" $services 2>&1) && return 0
  why="docker compose $word$services: $(printf '%s\n' "$said" | grep -v '^ *$' | tail -n 1)"
  return 1
}

# Docker starts its containers before any hook of Belay's can run: the undo is the ordinary one.
compose_booted() { :; }

# ---- of a slot
compose_stop() {
  compose_place
  compose_say 120 stop
}

# Not checked: Docker itself refuses a port that is taken.
compose_stopped() { false; }

# A stopped container stays stopped (restart: unless-stopped); a running one starts again, marked idle.
compose_enable() { :; }
compose_disable() { :; }
compose_skip_boot() { compose_stop; }

# ---- what can be observed of it

compose_look() { # sets seen, which differs for other containers and other starts; lost where one has ended; else why
  compose_place
  seen='' lost='' bad='' ids=$(compose_containers)
  why="there is no container of$services"
  [ -n "$ids" ] || return 1
  if [ -n "$r_slots" ]; then image=$(image_of "$(release_in "$BELAY_SLOT")"); else
    image=$(readlink "$b_base/current" 2>/dev/null) || image=''
    image=$(image_of "${image##*/}")
  fi
  # shellcheck disable=SC2086
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

compose_began() {
  compose_look || :
  began=$seen
}

compose_steady() {
  compose_look || return 1
  if [ "$seen" = "$began" ]; then return 0; fi
  began=$seen why="the containers of$services are not those that were started, or were started again: they keep stopping"
  return 1
}

compose_lost() {
  lost_why=$why
  compose_look || [ -z "$lost" ] || return 0
  why=$lost_why
  return 1
}

compose_settle() { sleep 3; }

# What was started by hand is restored.
compose_seen() { :; }
compose_unread() { :; }
compose_replaces() { :; }

compose_tail() {
  compose_place
  # Before each line it erases what a terminal may have there, also where there is none
  # (docs/research/components.md#docker-compose).
  # shellcheck disable=SC2086
  bounded 20 compose logs --no-color --no-log-prefix --tail 30 $services | sed "s/^$(printf '\033')\[2K//"
}

compose_put_back() {
  compose_place
  env_put back
}

compose_tidy() {
  compose_place
  rm -f "$(env_ready forward)" "$(env_ready back)"
  forget_logins "$work"
}

# ---- the image: pulled before the countdown, on every host before any host changes
cmd_pull() { # b_registry, b_registry_user, b_registry_token (empty: as the host is logged in itself)
  load "$b_name" || refuse not-held 'it holds no lock for this release'
  folder=$b_base/releases/$r_release
  if [ -d "$folder" ]; then
    [ "$(image_of "$r_release")" = "$r_manifest" ] || refuse no-such-release "releases/$r_release is not the image $r_manifest"
  elif ! { mkdir -p "$folder.new" && printf '%s\n' "$r_manifest" >"$folder.new/image" && mv "$folder.new" "$folder"; }; then
    rm -rf "$folder.new"
    refuse disk-full "cannot write $folder"
  fi
  if bounded 20 docker image inspect "$r_manifest" >/dev/null 2>&1; then
    say 'phase image-here'
    return 0
  fi
  trap end_login EXIT
  trap 'exit 1' HUP INT TERM PIPE
  if [ -n "$b_registry_token" ]; then
    begin_login || refuse disk-full "no place for the login on this host: $why"
    log_in
  fi
  pull_image
  end_login
}

begin_login() { # makes a configuration of its own, in memory where possible, and notes its path: the next release removes
  # one that is left. Where a kill comes before the note, it is still empty.
  for why in "${XDG_RUNTIME_DIR-}" /dev/shm "$work"; do
    if [ ! -d "$why" ] || [ ! -w "$why" ]; then continue; fi
    login=$(umask 077 && mktemp -d "$why/belay-login.XXXXXX" 2>/dev/null) || continue
    why="$work cannot be written"
    note "$work/login" "$login" || return 1
    DOCKER_CONFIG=$login
    export DOCKER_CONFIG
    return 0
  done
  why='neither in memory nor on disk'
  return 1
}

end_login() {
  [ -z "${login-}" ] || rm -rf "$login"
  login=''
}

forget_logins() { # FOLDER…: removes the logins of releases whose pull was killed
  for e_file in "$@"; do
    { read -r login <"$e_file/login"; } 2>/dev/null || continue
    case $login in */belay-login.??????) end_login ;; esac
    rm -f "$e_file/login"
  done
}

log_in() {
  # shellcheck disable=SC2086 # empty for Docker's own registry, which has no name
  said=$(bounded 60 pass_token ${b_registry:+"$b_registry"} 2>&1) && return 0
  refuse "$(registry_code "$said")" "the registry ${b_registry:-of Docker} did not take the login of $b_registry_user: $(registry_words "$said")"
}

pass_token() { # [REGISTRY]: its input is this text, and no argument of anything
  printf '%s\n' "$b_registry_token" | docker login --username "$b_registry_user" --password-stdin "$@"
}

pull_image() {
  tries=1
  until said=$(bounded 600 docker pull --quiet "$r_manifest" 2>&1); do
    code=$(registry_code "$said")
    # An answer of the registry is final; an error of the network may pass.
    if [ "$code" != pull-failed ] || [ $tries -ge 3 ]; then
      refuse "$code" "$r_manifest could not be pulled: $(registry_words "$said")"
    fi
    tries=$((tries + 1))
    sleep 2
  done
}

registry_words() { # WHAT IT SAID: prints its last line
  printf '%s\n' "$1" | grep -v -e '^ *$' -e '^WARNING' -e '^Configure a credential' -e '^https://docs' | tail -n 1
}

registry_code() { # WHAT IT SAID
  case $1 in
  *nauthorized* | *denied* | *'no basic auth'* | *'ncorrect username'* | *'authentication required'*) printf registry-refused ;;
  *'manifest unknown'* | *'not found'* | *'name unknown'*) printf image-missing ;;
  *'no space left'*) printf disk-full ;;
  *) printf pull-failed ;;
  esac
}

# ---- inspect
compose_missing() { # says all that is missing, and what was found
  me=$(id -un)
  for tool in mktemp stat cksum; do
    command -v $tool >/dev/null 2>&1 || say "missing tools-missing $tool not installed"
  done
  ready=yes
  if ! command -v docker >/dev/null 2>&1; then
    say 'missing docker-missing docker is not installed'
    ready=no
  else
    said=$(bounded 20 docker version --format '{{.Server.Version}}' 2>&1) || case $said in
    *'permission denied'*) say "missing docker-refused $me may not use Docker's socket: the group docker may, which is as good as root" ;;
    *) say "missing docker-down Docker does not answer: $(printf '%s\n' "$said" | tail -n 1)" ;;
    esac
    said=$(bounded 20 docker compose up --help 2>&1) || said=''
    case $said in *--wait-timeout*) ;; *)
      say 'missing compose-missing the Compose plugin is not installed, or older than 2.17: docker compose up knows no --wait-timeout'
      ready=no
      ;;
    esac
  fi
  if [ ! -d "$r_restart" ]; then
    say "missing compose-folder the folder $r_restart does not exist"
    return
  fi
  compose_missing_env
  [ $ready = yes ] || return 0
  if ! facts=$(compose_facts); then
    say "missing $facts"
    return 0
  fi
  eval "$facts"
  said=$(bounded 30 compose config --quiet 2>&1) || say "missing $(compose_unreadable)"
  compose_tell
}

compose_missing_env() {
  env_file=$r_restart/.env
  if [ ! -e "$env_file" ]; then
    say "missing env-missing there is no $env_file: create an empty one that belongs to $me"
  elif [ -L "$env_file" ]; then
    say "missing env-missing $env_file is a link, which a release would replace: make it a file"
  elif [ "$(id -u)" -ne 0 ] && [ "$(stat -c %u "$env_file")" != "$(id -u)" ]; then
    say "missing path-not-writable $env_file does not belong to $me, and so it cannot be replaced"
  elif [ ! -w "$r_restart" ]; then
    say "missing path-not-writable $me cannot write in the folder $r_restart, where .env is replaced by one rename"
  fi
}

compose_tell() { # says which services were found, and by which variable
  for place in ${r_slots:--}; do
    [ "$place" = - ] || BELAY_SLOT=$place
    compose_place
    text="$services of $r_restart"
    [ "$place" = - ] || text="$text in slot $place"
    say "found$text, by $variable in .env"
    env_line || say "missing env-missing $why"
  done
}
