#!/bin/bash
# Runs a command as root in a fresh minimal Debian that has only this machine's Node, npm and git. So it shows what the
# command needs and does not install.
#   scripts/bare.sh COMMAND [ARGUMENT…]      e.g. scripts/bare.sh sh -c 'npm ci && npm test'
# The checked-out commit is cloned to /belay there, and the command runs in it. Uncommitted changes are not tested: the
# first line and the last one name them. The minimal system is created once (debootstrap, a minute) in the user's cache
# and copied for each run; files, mounts and processes end with the run. It uses this machine's network, with the
# settings for its package registries.
set -euo pipefail
umask 022
say() { echo "scripts/bare.sh: $*" >&2; }
refuse() { say "$@"; exit 2; }
[ "$(id -u)" -eq 0 ] || refuse 'this script creates mounts and namespaces. How to fix: run it as root.'
# npm puts its own Node first on PATH; this script needs the Node of the machine.
PATH=$(tr : '\n' <<<"$PATH" | grep -v /node_modules/ | paste -sd :):/usr/sbin:/sbin
unshare --mount --pid --fork true || refuse 'this root may not create namespaces. How to fix: start the container with --privileged.'
repository=$(realpath "$(dirname "$0")/..")
suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/belay
base=$cache/bare-$suite
# Variables that name a file or a folder with certificates.
certificates=(NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE PIP_CERT REQUESTS_CA_BUNDLE GIT_SSL_CAINFO)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The mirror of this machine, if it is Debian; elsewhere debootstrap has a default.
mirror() {
  cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    sed -nE 's/^(URIs:|deb (\[[^]]*\])?) *([^ ]*\/debian\/?)( .*)?$/\3/p' | sed 1q || :
}

# Without the keyring debootstrap accepts packages that it cannot verify.
make_base() {
  local made from
  if ! command -v debootstrap >/dev/null || [ ! -e "$keyring" ]; then
    refuse 'debootstrap or its keys are missing. How to fix: apt-get install debootstrap debian-archive-keyring'
  fi
  made=$(mktemp -d "$cache/bare-XXXXXX")
  chmod 755 "$made"
  from=$(mirror)
  # Node needs these two libraries.
  debootstrap --variant=minbase --include=ca-certificates,git,libatomic1,libstdc++6 \
    "$suite" "$made" ${from:+"$from"} >&2 || { rm -rf --one-file-system "$made"; refuse 'debootstrap failed.'; }
  mv -T "$made" "$base" || rm -rf --one-file-system "$made"
}

# Copies this machine's settings for registries: files and certificates, for this run only.
copy_settings() {
  local root=$1 path
  # The sources of another suite would mix two systems.
  if [ -n "$(mirror)" ] && grep -qx "VERSION_CODENAME=$suite" /etc/os-release; then
    rm -f "$root/etc/apt/sources.list"
    for path in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do copy "$path" "$root"; done
  fi
  # Only the settings for a mirror: hooks and programs that apt calls on this machine are missing in the minimal system.
  if command -v apt-config >/dev/null; then
    apt-config dump | grep -E '^(Acquire::|APT::Sandbox::User )' | grep -vE '::IndexTargets|Auto-?Detect' \
      >"$root/etc/apt/apt.conf.d/90machine" || :
  fi
  for path in /etc/apt/{auth.conf,auth.conf.d,keyrings,preferences.d} /etc/{resolv.conf,hosts,pip.conf} \
    /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc /root/.npmrc /root/.config/go/env; do
    copy "$path" "$root"
  done
  copy_certificates "$root"
}

# Certificates may be anywhere: variables, npm and apt name them. A path that a mount of the run would hide is moved.
# If this machine is not Debian, the bundle of the minimal system stays.
copy_certificates() {
  local root=$1 path name
  copy /usr/local/share/ca-certificates "$root"
  if [ -e /etc/ssl/certs/ca-certificates.crt ]; then rm -rf "$root/etc/ssl/certs"; fi
  copy /etc/ssl/certs "$root"
  for name in "${certificates[@]}"; do
    [ -e "${!name-}" ] || continue
    path=$(realpath -s "${!name}")
    case $path in /tmp/* | /run/* | /dev/*) path=/etc/ssl/machine/$name ;; esac
    copy "$(realpath "${!name}")" "$root" "$path"
    kept+=("$name=$path")
  done
  while read -r path; do copy "$path" "$root"; done < <(
    npm config get cafile --location=user 2>/dev/null
    apt-config dump 2>/dev/null | sed -nE 's/^Acquire::.*(CaInfo|CAInfo|SslCert|SslKey) "(.+)";$/\2/p'
  )
}

copy() { # PATH ROOT [PATH-BELOW-ROOT]
  local to=$2${3-$1}
  case $1 in /*) ;; *) return 0 ;; esac
  [ -e "$1" ] || return 0
  mkdir -p "$(dirname "$to")"
  # A dangling link must not end the script.
  cp -RL --preserve=mode -T "$1" "$to" || say "not all of $1 could be copied"
}

# A version manager may put a script of its own in the place of Node. Node itself reports its path.
copy_node() {
  local root=$1 node npm
  node=$(node -p process.execPath)
  npm=$(npm_of "$node") ||
    refuse "no complete npm is beside $node or at the path of npm. How to fix: install Node from nodejs.org, with its own npm."
  install -D "$node" "$root/usr/bin/node"
  mkdir -p "$root/usr/lib/node_modules"
  cp -RL "$npm" "$root/usr/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/bin/npx"
  chroot "$root" /usr/bin/node --version >/dev/null ||
    refuse "$node does not start in the minimal Debian. How to fix: install Node from nodejs.org, which includes its libraries."
}

# A distribution may split npm: then its dependencies are elsewhere, and the folder is not sufficient.
npm_of() {
  local folder
  for folder in "$(dirname "$1")/../lib/node_modules/npm" "$(dirname "$(readlink -f "$(command -v npm)")")/.."; do
    if [ -e "$folder/bin/npm-cli.js" ] && [ -d "$folder/node_modules" ]; then
      realpath "$folder"
      return
    fi
  done
  return 1
}

mkdir -p "$cache"
[ -d "$base" ] || make_base
# Readable only by root, because settings may hold a password. The folder root in it is the / of the run.
run=$(mktemp -d "$cache/bare-run-XXXXXX")
trap 'rm -rf --one-file-system "$run"' EXIT
# The repository may belong to another user, which git refuses to root. A clone starts a git that reads only files.
printf '[safe]\n\tdirectory = *\n' >"$run/gitconfig"
export GIT_CONFIG_GLOBAL=$run/gitconfig
# Printed first and last: the run between takes minutes.
changed=$(git -C "$repository" status --porcelain)
if [ -n "$changed" ]; then
  uncommitted="uncommitted changes are not tested:"$'\n'"$changed"
  say "$uncommitted"
  trap 'rm -rf --one-file-system "$run"; say "$uncommitted"' EXIT
fi
root=$run/root
cp -a "$base" "$root"
kept=()
copy_settings "$root"
copy_node "$root"
git clone -q "$repository" "$root/belay"

# From the environment only the variables that control this run and the access to registries.
for name in CI NO_COLOR BELAY_SEED BELAY_SAMPLE {http,https,no}_proxy {HTTP,HTTPS,NO}_PROXY GOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB \
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
