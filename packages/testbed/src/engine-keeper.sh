#!/bin/sh
# engine-keeper.sh FOLDER NETWORK: when standard input ends, which is when the test's process does, however it ends,
# removes what an engine leaves behind on the machine: its files, and bridges whose address begins with NETWORK.
set -u
cat >/dev/null
tries=0
# It ends with its host; until then its files are busy.
while pgrep -f "data-root=$1/data" >/dev/null 2>&1 && [ $tries -lt 100 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
ip -o -4 address | while read -r _ bridge _ address _; do
  case $address in "$2"*) ip link delete "$bridge" ;; esac
done
rm -rf "$1"
