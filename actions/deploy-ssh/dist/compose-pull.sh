# shellcheck shell=sh disable=SC2154,SC2034 # b_… come as assignments, r_… from the release's state file
# The image: pulled before the confirm timeout, on every host before any host changes.

cmd_pull() { # b_registry, b_registry_user, b_registry_token (empty: as the host is logged in itself)
  load_change "$b_name" release || refuse not-held 'it holds no lock for this release'
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
  for why in "${XDG_RUNTIME_DIR-}" /dev/shm "$work"; do
    if [ ! -d "$why" ] || [ ! -w "$why" ]; then continue; fi
    login=$(umask 077 && mktemp -d "$why/belay-login.XXXXXX" 2>/dev/null) || continue
    why="$work cannot be written"
    write_atomic "$work/login" "$login" || return 1
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
