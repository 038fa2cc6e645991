# shellcheck shell=sh disable=SC2154 # r_… and b_… come as assignments, the rest from the shared part
# What the committed release has already is linked on the host, so that only the rest has to travel. .belay/lists/ID holds what a
# release was made of, sorted: a path, a tab, its kind, and a digest or mode. Its last line is the boot at which it was written.
# A list is trusted only as long as nothing of its release has a later change time than the list: no program can set that time.
# Anything else is a doubt, and then all of it is compared, as without a list.

read_boot() { # sets boot. After a crash of the machine files may lack what was written last
  boot=''
  { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || return 1
}

note_untouched() { # at the start of a release, before it prunes or links: both set the change time of what they share
  [ -n "${c_release-}" ] || return 0
  list=$belay/lists/$c_release
  [ -s "$list" ] && read_boot && [ "$(tail -n 1 "$list")" = "whole $boot" ] || return 0
  changed=$(find "$b_base/releases/$c_release" -cnewer "$list" 2>&1 | head -n 1)
  [ -n "$changed" ] || printf '%s\n' "$c_release" >"$work/untouched" || :
}

cmd_link() { # b_list is what the release is to have: links what the committed one has, and says what is to be sent
  eval "$b_params"
  work=$belay/work/$b_name/release incoming=$b_base/releases/.incoming-$r_release
  if printf '%s\n' "$b_list" >"$work/list" && link_untouched; then
    grep -v -e '	shared -$' -e '	made -$' "$work/missing" | cut -f 1 |
      while IFS= read -r path; do say "send ${path#./}"; done
    say 'linked yes'
  else
    rm -rf "${incoming:?}"
    say 'linked no'
  fi
}

link_untouched() {
  { read -r from <"$work/untouched"; } 2>/dev/null || return 1
  list=$belay/lists/$from
  rm -rf "${incoming:?}"
  cp -RPl "$b_base/releases/$from" "$incoming" 2>/dev/null || return 1
  [ "$(attributes_of "$incoming")" = "$(attributes_of "$b_base/releases/$from")" ] || return 1
  [ -z "$(find "$incoming" ! -type d -newer "$list" 2>&1 | head -n 1)" ] || return 1
  sed '$d' "$list" >"$work/had" &&
    LC_ALL=C comm -23 "$work/had" "$work/list" >"$work/gone" &&
    LC_ALL=C comm -13 "$work/had" "$work/list" >"$work/missing" || return 1
  [ ! -s "$work/gone" ] || cut -f 1 "$work/gone" | tr '\n' '\0' | (cd "$incoming" && xargs -0 rm -rf --)
}

attributes_of() { ls -ldn "$1" | tr -s ' ' | cut -d ' ' -f 1,3,4; }

cmd_unpack() { # b_data is what the committed release had not, a tar that fits into one call
  eval "$b_params"
  work=$belay/work/$b_name/release incoming=$b_base/releases/.incoming-$r_release
  if printf '%s' "$b_data" | base64 -d >"$work/pack" &&
    tar -x -z -m -f "$work/pack" -C "$incoming" --no-same-owner --no-same-permissions; then
    say 'unpacked yes'
  else
    rm -rf "${incoming:?}"
    say 'unpacked no'
  fi
  rm -f "$work/pack" || :
}

has_listed_names() { # true where the finished tree in $incoming has exactly what the list names
  (cd "$incoming" && find .) | LC_ALL=C sort >"$work/names" && cut -f 1 "$work/list" | cmp -s - "$work/names"
}

keep_list() { # the release has its name: from now on what changes in it is newer than its list
  list=$belay/lists/$r_release
  for file in "$belay"/lists/*; do
    [ ! -e "$file" ] || [ -d "$b_base/releases/${file##*/}" ] || rm -f "$file"
  done
  { [ -d "$belay/lists" ] || mkdir "$belay/lists"; } && mv -f "$work/list" "$list" && read_boot &&
    printf 'whole %s\n' "$boot" >>"$list" && pass_tick && return 0
  rm -f "$list" || :
}

pass_tick() { # a change within the same tick of the machine's clock (4 ms) would have the time of the list
  ticks=0
  while printf . >"$work/tick"; do
    later=$(find "$work/tick" -cnewer "$list" 2>/dev/null) || return 1
    [ -z "$later" ] || return 0
    ticks=$((ticks + 1))
    [ $ticks -lt 20 ] || return 1
  done
  return 1
}
