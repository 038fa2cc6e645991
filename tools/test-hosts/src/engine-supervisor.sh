#!/bin/sh
# engine-supervisor.sh FOLDER NETWORK GROUP: when standard input ends, which is when the test's process does, however it
# ends, removes what an engine leaves behind on the machine: its files, bridges whose address begins with NETWORK, and
# its control group GROUP.
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
for group in /sys/fs/cgroup/"$3" /sys/fs/cgroup/*/"$3"; do
  [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
done
rm -rf "$1"
