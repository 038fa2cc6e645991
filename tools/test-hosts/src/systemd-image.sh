#!/bin/sh
# Builds the image of a test host with systemd as init: systemd-image.sh TAG [PACKAGE,…]
# Debian 12 by debootstrap (one to two minutes), user `deploy` (uid 1500) without a password, sshd
# with Debian's settings but keys only, not yet enabled: it needs a host's own key and port; nor nginx,
# which has no site. Does nothing where TAG is there.
set -eu
umask 022
tag="$1"

mkdir -p /var/tmp/belay-testbed
exec 9>>/var/tmp/belay-testbed/image.lock
flock 9
if docker image inspect "$tag" >/dev/null 2>&1; then exit 0; fi

root="$(mktemp -d /var/tmp/belay-testbed/image.XXXXXX)"
trap 'rm -rf "$root"' EXIT
trap 'exit 1' HUP INT TERM

packages="systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,rsync,curl,procps,sudo,cron,nginx-light,postgresql-client${2:+,$2}"
debootstrap --variant=minbase --include="$packages" bookworm "$root" 9>&-

chroot "$root" useradd --uid 1500 --create-home --shell /bin/bash deploy
install -d -o 1500 -g 1500 -m 700 "$root/home/deploy/.ssh"

rm -f "$root"/etc/ssh/ssh_host_* "$root"/etc/machine-id "$root"/var/lib/dbus/machine-id \
  "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*_*
# Empty, not missing: missing would make the next boot a first boot, which enables all units anew.
: >"$root/etc/machine-id"
printf '%s\n' 'PasswordAuthentication no' 'KbdInteractiveAuthentication no' >"$root/etc/ssh/sshd_config.d/keys-only.conf"
chroot "$root" systemctl disable ssh.service nginx.service
# A test that needs nginx configures where it listens: the default site would take port 80 of the machine.
rm -f "$root/etc/nginx/sites-enabled/default"

# A container has neither consoles nor a network of its own to set up.
for unit in getty.target console-getty.service systemd-networkd.service systemd-resolved.service \
  systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done

tar -C "$root" -c . | docker import - "$tag"
