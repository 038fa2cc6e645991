#!/bin/sh
# What the image redis:7 does at its start: its data belong to the user redis, as whom the given command runs.
set -eu
mkdir -p /data
chown redis:redis /data
cd /data
exec setpriv --reuid=redis --regid=redis --clear-groups -- "$@"
