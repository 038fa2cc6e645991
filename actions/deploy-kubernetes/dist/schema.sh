# shellcheck shell=sh disable=SC2154,SC2034,SC2030,SC2031 # r_… come from a change, b_… as assignments
# The schema (rule 16): .belay/contracts has a line for each migration that removed something, with the oldest compatible
# release (by version, commit or id). A release that is not compatible must not serve any more.

is_compatible() { # RELEASE SHA SCHEMA: true if it is compatible with the schema; else sets why. A new release is refused only
  [ -s "$belay/contracts" ] || return 0
  while read -r migration oldest; do
    case " $3 " in *" $migration "*) continue ;; esac
    why=$(is_not_before "$1" "$2" "$3" "$oldest") && continue
    why="migration $migration removed what it needs; $why"
    return 1
  done <"$belay/contracts"
}

is_not_before() { # RELEASE SHA SCHEMA OLDEST: true if compatible, else prints why not. Of each the first time on this host counts.
  order=0 here='' its_turn='' oldest_turn='' oldest_schema=''
  for file in "$states"/*.*; do
    case $file in *.confirmed | *.mixed) ;; *) continue ;; esac
    if ! change_of "$file" release || ! read_state "$change"; then continue; fi
    order=$((order + 1))
    if [ "$r_release" = "$1" ]; then here=yes; fi
    if [ -z "$its_turn" ] && { [ "$r_release" = "$1" ] || { [ -n "$2" ] && [ "$r_sha" = "$2" ]; }; }; then
      its_turn=$order
    fi
    case $4 in
    "$r_release" | "$r_sha" | "$r_version")
      [ -n "$oldest_turn" ] || oldest_turn=$order oldest_schema=$r_schema
      ;;
    esac
  done
  if [ -n "$its_turn" ] && [ -n "$oldest_turn" ]; then
    [ "$its_turn" -lt "$oldest_turn" ] || return 0
    printf '%s' "the oldest compatible release is $4"
    return 1
  fi
  if [ -n "$here" ]; then
    printf '%s' "$4, the oldest compatible release, was never on this host"
    return 1
  fi
  [ -n "$3" ] || return 0
  for migration in $oldest_schema; do
    case " $3 " in *" $migration "*) continue ;; esac
    printf '%s' "the oldest compatible release is $4, and this one is older: it was built without $migration"
    return 1
  done
}

incompatibility_of_next() { # prints why the next release, whose facts are b_params, is not compatible
  (
    r_release='' r_sha='' r_schema=''
    eval "${b_params-}"
    [ -n "$r_release" ] || exit 0
    is_compatible "$r_release" "$r_sha" "$r_schema" || printf '%s' "$why; releases here that fit: $(list_compatible)"
  )
}

list_compatible() { # prints the committed releases that are kept and compatible
  fit='' told=' '
  for file in "$states"/*.confirmed; do
    if ! change_of "$file" release || ! read_state "$change"; then continue; fi
    case $told in *" $r_release "*) continue ;; esac
    told="$told$r_release "
    [ -d "$b_base/releases/$r_release" ] || continue
    if (is_compatible "$r_release" "$r_sha" "$r_schema"); then fit="$fit, $r_version ($r_release)"; fi
  done
  fit=${fit#, }
  printf '%s' "${fit:-none}"
}

release_fits() { # RELEASE
  r_sha='' r_schema=''
  file=$(changes_with "$1" | tail -n 1)
  [ -z "$file" ] || read_state "$file" || :
  is_compatible "$1" "$r_sha" "$r_schema" || {
    printf '%s; releases here that fit: %s\n' "$why" "$(list_compatible)"
    return 1
  }
}

write_contracts() { # MIGRATION LINE: all lines but that migration's, then LINE
  {
    if [ -e "$belay/contracts" ]; then
      while read -r migration oldest; do
        [ "$migration" = "$1" ] || printf '%s %s\n' "$migration" "$oldest"
      done <"$belay/contracts"
    fi
    [ -z "$2" ] || printf '%s\n' "$2"
  } >"$belay/contracts.new" && mv -f "$belay/contracts.new" "$belay/contracts"
}

cmd_contract() { # records b_migration and b_oldest
  mkdir -p "$states" 2>/dev/null || refuse path-not-writable "cannot make folders in $b_base"
  lock_within 5
  write_contracts "$b_migration" "$b_migration $b_oldest" || refuse disk-full "cannot write $belay/contracts"
}

cmd_forget() { # b_migration, after b_wait seconds at most: a record that stays would refuse later releases
  [ -e "$belay/contracts" ] || return 0
  lock_within "$b_wait"
  write_contracts "$b_migration" '' ||
    refuse disk-full "cannot write $belay/contracts"
}
