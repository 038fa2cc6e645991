# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031,SC2016 # r_… come from the change, why goes to the caller; subshells lose variables on purpose; '${' is text
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

compose_read() { # of the JSON on standard input prints, a line each: `project NAME`; `image SERVICE/NAME/FORM` for a service
  part='' service='' block='' indent='' number=0
  while IFS= read -r text || [ -n "$text" ]; do
    number=$((number + 1))
    compose_line || {
      printf '%s' $number
      return 1
    }
  done
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
  '$'*[!A-Za-z0-9_]*) return 0 ;;
  '$'*) rest=${1#'$'} ;;
  *) return 0 ;;
  esac
  name=${rest%%[!A-Za-z0-9_]*}
  case ${rest#"$name"} in
  *'$'*) return 0 ;;
  ':?'* | '?'*) form=required ;;
  '' | ':-'* | '-'*) ;;
  *) return 0 ;;
  esac
  case $name in '' | [0-9]*) return 0 ;; esac
  printf '%s\n' "image $service/$name/$form"
}

compose_facts() { # prints r_compose as a line for the change; else CODE WHY, and returns 1
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
  print_assignment r_project "$project"
}

compose_find() { # [--no-interpolate]: prints what compose_read finds in the team's file; else CODE WHY, and returns 1
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
  print_assignment r_compose "${chosen# }"
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
