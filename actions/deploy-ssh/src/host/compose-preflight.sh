# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the values of the planned release
# What preflight inspects for Docker Compose: says all that is missing, and what was found.

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
