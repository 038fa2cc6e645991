#!/bin/sh
# acme-slot start|stop PORT: does on a test host without systemd what its template units do on a real one, for the
# service of $BELAY_PATH. `start` ends what runs in the slot first.
set -eu
verb=$1 port=$2 path=$BELAY_PATH
service=${path#/srv/}
service=${service%%/*}
file=/run/belay-test/slot-$port

serves() { # PID: whether that process is the slot's, for numbers are used again
  tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -q "server.mjs this-host $port "
}

if [ -e "$file.pid" ]; then
  read -r pid <"$file.pid"
  ! serves "$pid" || kill "$pid" || :
  tries=0
  while serves "$pid"; do
    tries=$((tries + 1))
    [ "$tries" -ne 100 ] || kill -KILL "$pid" || :
    sleep 0.1
  done
  rm -f "$file.pid"
fi
[ "$verb" = start ] || exit 0

cd "$path/slots/$port"
set -a
# shellcheck source=/dev/null
. "/etc/$service/production.env"
set +a
export SLOT_STATE="$path/slots/$port.state" SLIPS="$path/shared/slips"
# The higher descriptors may be a lock or the caller's connection.
setsid /usr/local/bin/node server.mjs this-host "$port" \
  </dev/null >>"$file.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
echo "$!" >"$file.pid"
