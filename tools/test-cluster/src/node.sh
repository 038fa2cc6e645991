#!/bin/sh
# node.sh FOLDER: the first process of a test cluster's namespaces. It prints one line `ready PID`, with its PID as the
# machine sees it, and lives until its standard input ends. What the cluster writes is in memory: /run, and what is written
# to /var/lib and /var/log, which keep what the machine has there.
set -eu
umask 022

# The old /proc still names processes as the machine does.
read -r machine_pid _ </proc/self/stat
mount -t proc proc /proc
mount --make-rshared /
mount -t tmpfs -o mode=755 tmpfs /run
for folder in /var/lib /var/log; do
  layer=/run/over$folder
  mkdir -p "$layer/upper" "$layer/work"
  mount -t overlay -o "lowerdir=$folder,upperdir=$layer/upper,workdir=$layer/work" overlay "$folder"
done
hostname node
ip link set lo up
# Whatever leads to no address of the cluster ends here, instead of on the machine.
ip route add default dev lo
echo 1 >/proc/sys/net/ipv4/ip_forward

exec 3<&0 </dev/null
printf 'ready %s\n' "$machine_pid"
exec >/dev/null 2>&1
# The shell sleeps in wait(2), not in read(2), so that it reaps the orphans of the node.
cat <&3 3<&- &
exec 3<&-
wait "$!"
