#!/bin/sh
# acme-run [SLOT [stop]]: does on a test host without systemd what the example's units do, for the service of $BELAY_PATH.
set -eu
case $BELAY_PATH in
/srv/acme-api/qa) exec /usr/local/bin/belay-test-restart "$BELAY_PATH" this-host 5101 ;;
/srv/acme-worker/qa) exec /usr/local/bin/belay-test-restart "$BELAY_PATH" this-host 5102 ;;
esac
service=${BELAY_PATH#/srv/}
set -a
# shellcheck source=/dev/null
. "/etc/${service%%/*}/production.env"
export SLOT_STATE="$BELAY_PATH/slots/$1.state" SLIPS="$BELAY_PATH/shared/slips"
exec /usr/local/bin/belay-test-restart "$BELAY_PATH" this-host "$1" "slots/$1" ${2+"$2"}
