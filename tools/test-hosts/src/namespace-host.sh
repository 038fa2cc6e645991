#!/bin/sh
# PID 1 of a test host: builds the host's own disks and /etc inside the mount namespace that `unshare` made, starts
# sshd, prints one line `ready <pid as the machine sees it> <host key type> <host key>`, and lives until its standard
# input ends. The end of PID 1 ends everything in the namespaces, mounts included.
# Exit status 98: sshd could not start (another process may have taken its port).
#
# Environment: HOST_NAME HOST_ADDRESS (of `this-host`) HOST_LISTEN and HOST_PORT (sshd's) HOST_KEY (the line for
#   authorized_keys) HOST_DISK (size of /srv) HOST_SHELL (sh, bash, busybox) HOST_EXCHANGE (the only key exchange, or empty)
#   HOST_NODE (a node binary) HOST_RESTART (the restart script)
# Arguments: commands that this host shall not have.
set -eu
umask 022

# The old /proc still names processes as the machine does.
read -r machine_pid _ </proc/self/stat
mount -t proc proc /proc
echo "$HOST_NAME" >/proc/sys/kernel/hostname
# Down only in a network of its own that is new.
[ "$HOST_LISTEN" != 0.0.0.0 ] || ip link set lo up

disk() { # disk PATH MODE [SIZE]: an empty disk of its own; what is missing on this machine needs no covering
  [ ! -d "$1" ] || mount -t tmpfs -o "mode=$2,size=${3:-64m}" tmpfs "$1"
}

accounts() { # accounts ETC LOGIN_SHELL
  printf '%s\n' >"$1/passwd" \
    'root:x:0:0:root:/root:/bin/sh' \
    'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin' \
    'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin' \
    "deploy:x:1500:1500::/home/deploy:$2" \
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin'
  printf '%s\n' >"$1/group" 'root:x:0:' 'www-data:x:33:' 'deploy:x:1500:' 'nogroup:x:65534:'
  # `*` is "no password"; `!` would be "locked", which sshd refuses also for keys.
  printf '%s:*:20000:0:99999:7:::\n' root www-data sshd deploy nobody >"$1/shadow"
  chmod 640 "$1/shadow"
}

daemon_settings() { # daemon_settings ETC: Debian's defaults, without PAM and passwords
  mkdir "$1/ssh"
  ssh-keygen -q -t ed25519 -N '' -C "$HOST_NAME" -f "$1/ssh/ssh_host_ed25519_key"
  printf '%s\n' >"$1/ssh/sshd_config" \
    "ListenAddress $HOST_LISTEN:$HOST_PORT" \
    'HostKey /etc/ssh/ssh_host_ed25519_key' \
    'PidFile /run/sshd.pid' \
    'UsePAM no' \
    'PasswordAuthentication no' \
    'KbdInteractiveAuthentication no' \
    'PermitRootLogin no' \
    'AllowUsers deploy' \
    'PrintMotd no' \
    'AcceptEnv LANG LC_*' \
    'Subsystem sftp internal-sftp'
  [ -z "$HOST_EXCHANGE" ] || echo "KexAlgorithms $HOST_EXCHANGE" >>"$1/ssh/sshd_config"
}

# Everything is put together on disks below /run and moved into place: the node binary and the restart script may lie
# in one of the folders that get covered.
disk /run 755
mkdir /run/etc /run/bin
disk /run/etc 755
disk /run/bin 755

for item in alternatives bash.bashrc debian_version hosts ld.so.cache ld.so.conf ld.so.conf.d localtime login.defs \
  nsswitch.conf os-release profile protocols services shells ssl; do
  [ ! -e "/etc/$item" ] || cp -a "/etc/$item" "/run/etc/$item"
done

printf '%s this-host\n' "$HOST_ADDRESS" >>/run/etc/hosts

login_shell="/bin/$HOST_SHELL"
if [ "$HOST_SHELL" = busybox ]; then
  busybox="$(command -v busybox)"
  cp -L "$busybox" /run/bin/busybox
  for applet in $("$busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "/run/bin/$applet"
  done
  login_shell=/usr/local/bin/ash
fi
accounts /run/etc "$login_shell"
daemon_settings /run/etc

cp "$HOST_RESTART" /run/bin/belay-test-restart
chmod 755 /run/bin/belay-test-restart
: >/run/bin/node
mount --bind "$HOST_NODE" /run/bin/node

# Covered by an overlay in which they were deleted: shells find also what is there but can't be run.
if [ "$#" -gt 0 ]; then
  mkdir /run/hidden
  disk /run/hidden 755
  for hidden in "$@"; do mknod "/run/hidden/$hidden" c 0 0; done
  for folder in /usr/local/sbin /usr/sbin /usr/bin /sbin /bin; do
    [ -L "$folder" ] || mount -t overlay -o "lowerdir=/run/hidden:$folder" overlay "$folder"
  done
fi

mount --move /run/bin /usr/local/bin
mount --move /run/etc /etc
rmdir /run/bin /run/etc
mkdir /run/sshd
install -d -o deploy -g deploy /run/belay-test

disk /srv 755 "$HOST_DISK"
disk /home 755
disk /tmp 1777
disk /var/tmp 1777
disk /var/log 755
disk /var/spool/cron 755
disk /dev/shm 1777

install -d -o deploy -g deploy /home/deploy
install -d -o deploy -g deploy -m 700 /home/deploy/.ssh
printf '%s\n' "$HOST_KEY" >/home/deploy/.ssh/authorized_keys
chown deploy:deploy /home/deploy/.ssh/authorized_keys
chmod 600 /home/deploy/.ssh/authorized_keys

read -r key_type key _ </etc/ssh/ssh_host_ed25519_key.pub
unset HOST_NAME HOST_ADDRESS HOST_LISTEN HOST_PORT HOST_KEY HOST_DISK HOST_SHELL HOST_EXCHANGE HOST_NODE HOST_RESTART

exec 3<&0 </dev/null
/usr/sbin/sshd -D -E /var/log/sshd.log >/dev/null 2>&1 3<&- &
# sshd writes its pid file when it listens. Without -D it would return before that.
until [ -s /run/sshd.pid ]; do
  kill -0 "$!" 2>/dev/null || {
    cat /var/log/sshd.log >&2
    exit 98
  }
  sleep 0.01
done

printf 'ready %s %s %s\n' "$machine_pid" "$key_type" "$key"
exec >/dev/null 2>&1
# The shell sleeps in wait(2), not in read(2), so that as PID 1 it reaps the orphans of the host.
cat <&3 3<&- &
exec 3<&-
wait "$!"
