#!/bin/sh
# The restart command of a test host: belay-test-restart PATH ADDRESS PORT [LINK [stop]]
# Stops the service of PATH/LINK (SIGTERM, after 2 s SIGKILL) and, where that exists, starts PATH/LINK/server.mjs
# detached; LINK is `current`, or `slots/PORT`. With `stop` it only stops it. It doesn't look whether the service lives: status 0 also where it crashes at once, as `docker restart` does.
# Pid file and log lie in /run/belay-test, because the disk of PATH may be full.
set -eu
path="$1" address="$2" port="$3" link="${4:-current}"
home="$path"
[ "$link" = current ] || home="$path/$link"
file="/run/belay-test/$(printf '%s' "${home#/}" | tr / _)"

serves() { # serves PID: whether that process is the service, for numbers are used again
  tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -q "^[^ ]*node $path/$link/server.mjs "
}

stop() { # stop PID
  serves "$1" || return 0
  kill "$1" 2>/dev/null || return 0
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    serves "$1" || return 0
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || return 0
  while serves "$1"; do sleep 0.1; done
}

if [ -e "$file.pid" ]; then
  read -r pid <"$file.pid"
  stop "$pid"
  rm -f "$file.pid"
fi
[ -e "$path/$link" ] && [ "${5-}" != stop ] || exit 0

# The higher descriptors may be a lock or the caller's connection.
setsid /usr/local/bin/node "$path/$link/server.mjs" "$address" "$port" \
  </dev/null >>"$file.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
echo "$!" >"$file.pid"
