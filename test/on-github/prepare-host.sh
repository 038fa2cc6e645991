#!/bin/sh
# Makes this machine a host that serves OLD, as root: prepare-host.sh OLD NODE SERVICE >>"$GITHUB_OUTPUT"
#   OLD      the commit that is there before Belay comes     NODE     a node to run the service with
#   SERVICE  the service's server.mjs
# A deploy user with three literal sudo lines, a unit, and an sshd of its own on 127.0.0.1:2222. For a machine that is
# thrown away afterwards: nothing of it is undone.
set -eu
old=$1 node=$2 service=$3
unit=acme-api-qa path=/srv/acme-api/qa port=2222

useradd --create-home --shell /bin/sh --password '*' deploy
install -d -o deploy -g deploy -m 0755 $path $path/releases $path/releases/by-hand
cp "$service" $path/releases/by-hand/server.mjs
printf '{"service":"acme-api","version":"by hand","sha":"%s"}\n' "$old" >$path/releases/by-hand/release.json
ln -s releases/by-hand $path/current
chown -Rh deploy:deploy $path

cat >/etc/systemd/system/$unit.service <<UNIT
[Service]
User=www-data
ExecStart=$node $path/current/server.mjs 127.0.0.1 5101
Restart=on-failure
UNIT
systemctl daemon-reload
systemctl start $unit

for verb in restart stop reset-failed; do
  printf 'deploy ALL=(root) NOPASSWD: /usr/bin/systemctl %s %s\n' $verb $unit
done >/etc/sudoers.d/$unit
chmod 0440 /etc/sudoers.d/$unit
visudo -cq

etc=$(mktemp -d)
ssh-keygen -q -t ed25519 -N '' -C deploy -f "$etc/deploy"
ssh-keygen -q -t ed25519 -N '' -C host -f "$etc/host"
install -d -o deploy -g deploy -m 0700 ~deploy/.ssh
install -o deploy -g deploy -m 0600 "$etc/deploy.pub" ~deploy/.ssh/authorized_keys
cat >"$etc/sshd_config" <<CONFIG
ListenAddress 127.0.0.1:$port
HostKey $etc/host
PidFile $etc/sshd.pid
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
AllowUsers deploy
UsePAM yes
CONFIG
mkdir -p /run/sshd
/usr/sbin/sshd -f "$etc/sshd_config"

printf 'hosts=deploy@127.0.0.1:%s\n' $port
printf 'known-hosts=[127.0.0.1]:%s %s\n' $port "$(cut -d' ' -f1,2 "$etc/host.pub")"
printf 'restart=systemd:%s\n' $unit
printf 'url=http://127.0.0.1:5101/health\n'
printf 'ssh-key<<KEY\n%s\nKEY\n' "$(cat "$etc/deploy")"
rm "$etc/deploy"
