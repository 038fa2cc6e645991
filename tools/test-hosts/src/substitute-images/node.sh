#!/bin/sh
# Makes the root file system of the stand-in for node:24: node.sh TAR NODE
# The given node with the libraries that it needs, busybox for a shell, and the user `node` (1000) as the image has it.
# Does nothing where TAR is there.
set -eu
umask 022
tar="$1"
node="$2"

mkdir -p "$(dirname "$tar")"
exec 9>>"$tar.lock"
flock 9
if [ -e "$tar" ]; then exit 0; fi

root="$(mktemp -d "$tar.XXXXXX")"
trap 'rm -rf "$root" "$tar.part"' EXIT
trap 'exit 1' HUP INT TERM

mkdir -p "$root/bin" "$root/usr/local/bin" "$root/etc" "$root/root" "$root/home/node"
mkdir -m 1777 "$root/tmp"
install -m 755 "$node" "$root/usr/local/bin/node"
busybox="$(command -v busybox)"
install -m 755 "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
# A program that is linked statically has none, and ldd says so by its status.
for library in $({ ldd "$node" || true; ldd "$busybox" || true; } | grep -o '/[^ ]*' | sort -u); do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'node:x:1000:1000::/home/node:/bin/sh' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'node:x:1000:' >"$root/etc/group"
chown -R 1000:1000 "$root/home/node"

tar -C "$root" -cf "$tar.part" .
mv "$tar.part" "$tar"
