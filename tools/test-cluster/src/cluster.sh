#!/bin/sh
# cluster.sh FOLDER GROUP: runs the node of a test cluster (node.sh) in namespaces of its own, until standard input ends,
# which is when the test's process does, however it ends. Then it removes what outlives namespaces: the control groups
# GROUP, and FOLDER.
set -u
clean() {
  # The kernel takes the last processes out of a group a moment after they are gone.
  tries=0
  while [ "$tries" -lt 100 ]; do
    left=
    for group in /sys/fs/cgroup/"$2" /sys/fs/cgroup/*/"$2"; do
      [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || left=$group
    done
    [ -n "$left" ] || break
    tries=$((tries + 1))
    sleep 0.1
  done
  rm -rf "$1"
}
for group in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do
  [ ! -f "$group" ] || mkdir -p "${group%/*}/$2"
done
# The kernel ends all that runs in a PID namespace with its first process, and takes the mounts and the network along.
unshare --mount --propagation private --pid --net --uts --ipc --fork --kill-child -- sh "${0%/*}/node.sh" "$1"
status=$?
clean "$1" "$2"
exit "$status"
