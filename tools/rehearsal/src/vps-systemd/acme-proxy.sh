#!/bin/sh
# acme-proxy validate|reload|pid: does on a test host without systemd what `nginx -t` and systemctl do on a real one.
set -eu
case $1 in
validate) exec /usr/sbin/nginx -q -t -e /run/belay-test/nginx.log ;;
reload) exec /usr/sbin/nginx -e /run/belay-test/nginx.log -s reload ;;
pid) exec cat /run/belay-test/nginx.pid ;;
*) exit 2 ;;
esac
