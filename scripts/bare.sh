#!/bin/bash
# Runs a command as root in a fresh minimal Debian, with this machine's Node, npm and git and nothing else: what the
# command needs and does not bring shows there.
#   scripts/bare.sh COMMAND [ARGUMENT…]      e.g. scripts/bare.sh sh -c 'npm ci && npm test'
# The commit that is checked out is cloned to /belay there, and the command runs in it. The minimal system is made once
# (debootstrap, a minute) in the user's cache and copied for each run; files, mounts and processes end with the run. The
# network is this machine's, and so is the way to its package registries.
set -euo pipefail
umask 022
[ "$(id -u)" -eq 0 ] || { echo 'scripts/bare.sh makes mounts and namespaces: run it as root.' >&2; exit 2; }
# npm puts its own Node first on PATH; the one of the machine is meant.
PATH=$(tr : '\n' <<<"$PATH" | grep -v /node_modules/ | paste -sd :):/usr/sbin:/sbin
command -v debootstrap >/dev/null || { echo 'missing: apt-get install debootstrap debian-archive-keyring' >&2; exit 2; }
repository=$(realpath "$(dirname "$0")/..")
suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/belay
base=$cache/bare-$suite

# The mirror of a machine that is Debian itself; elsewhere debootstrap knows one.
mirror() {
  cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    sed -nE 's/^(URIs:|deb (\[[^]]*\])?) *([^ ]*\/debian\/?)( .*)?$/\3/p' | sed 1q || :
}

make_base() {
  local made from
  made=$(mktemp -d "$cache/bare-XXXXXX")
  chmod 755 "$made"
  from=$(mirror)
  # Node needs the two libraries.
  debootstrap --variant=minbase --include=ca-certificates,git,libatomic1,libstdc++6 "$suite" "$made" ${from:+"$from"} >&2
  mv -T "$made" "$base" || [ -d "$base" ]
}

# What this machine is set up with to reach registries: files and certificates, for this run only.
copy_settings() {
  local root=$1 path
  if [ -n "$(mirror)" ]; then
    rm -f "$root/etc/apt/sources.list"
    for path in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do copy "$path" "$root"; done
  fi
  for path in /etc/apt/{apt.conf,apt.conf.d,auth.conf,auth.conf.d,keyrings,preferences.d} /etc/{resolv.conf,hosts,pip.conf} \
    /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc /root/.npmrc /root/.config/go/env /usr/local/share/ca-certificates; do
    copy "$path" "$root"
  done
  rm -rf "$root/etc/ssl/certs" && copy /etc/ssl/certs "$root"
}

copy() {
  [ -e "$1" ] || return 0
  mkdir -p "$2$(dirname "$1")" && cp -RL --preserve=mode -T "$1" "$2$1"
}

copy_node() {
  local root=$1 node
  node=$(readlink -f "$(command -v node)")
  install -D "$node" "$root/usr/bin/node"
  mkdir -p "$root/usr/lib/node_modules"
  cp -a "$(dirname "$node")/../lib/node_modules/npm" "$root/usr/lib/node_modules/"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/bin/npx"
}

mkdir -p "$cache"
[ -d "$base" ] || make_base
# For root alone, as settings may hold a password; what is below it is the run's own /.
run=$(mktemp -d "$cache/bare-run-XXXXXX")
trap 'rm -rf --one-file-system "$run"' EXIT
root=$run/root
cp -a "$base" "$root"
copy_settings "$root"
copy_node "$root"
git clone -q "$repository" "$root/belay"

# Of the environment only what says how this run is to behave and how registries are reached.
kept=()
for name in CI NO_COLOR BELAY_SEED BELAY_SAMPLE {http,https,no}_proxy {HTTP,HTTPS,NO}_PROXY GOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB \
  NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE PIP_CERT REQUESTS_CA_BUNDLE GIT_SSL_CAINFO \
  npm_config_fund npm_config_audit; do
  [ -z "${!name-}" ] || kept+=("$name=${!name}")
done

# shellcheck disable=SC2016 # the inner shell's own variables
unshare --mount --pid --uts --fork --kill-child sh -euc '
  root=$1; shift
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mkdir "$root/machine"
  cd "$root"
  pivot_root . machine
  umount -l /machine
  rmdir /machine
  hostname bare
  cd /belay
  exec "$@"' bare "$root" env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${kept[@]}" "$@"
