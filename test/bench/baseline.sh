# shellcheck shell=sh disable=SC2154 # b_… come as assignments before this text
# The least that a release on a host takes once its files are there: shared paths, its name, one rename, one look.
set -eu
releases=$b_base/releases
mkdir -p "$b_base/shared/uploads" "$b_base/next"
ln -s ../../shared/uploads "$releases/.incoming-$b_id/uploads"
mv "$releases/.incoming-$b_id" "$releases/$b_id"
ln -s "releases/$b_id" "$b_base/next/current"
mv -f "$b_base/next/current" "$b_base/"
test -s "$b_base/current/part-0/0.txt"
