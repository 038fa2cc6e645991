# shellcheck shell=sh disable=SC2154,SC2034 # b_… come as assignments
# Where all of it starts: by standard input, as the detached process, at a boot, or by hand.

main() {
  case ${1-} in
  serve)
    b_base=$2
    layout
    cmd_serve "$3"
    ;;
  change) # WORD BASE NAME KIND
    b_base=$3
    layout
    cmd_change "$2" "$4" "$5"
    ;;
  recover) # sh BASE/.belay/NAME.sh recover [restart]
    b_base=$(cd "${0%/*}/.." && pwd)
    layout
    assert_plain_files
    cmd_recover "${2-}"
    ;;
  ?*)
    b_base=$(cd "${0%/*}/.." && pwd)
    layout
    word=$1
    shift
    "host_$word" "$@"
    ;;
  '')
    layout
    said_traffic=${b_traffic-} proxies=${b_proxies-}
    say ack
    assert_plain_files
    [ -z "${b_id-}" ] || find_by_id
    [ -z "${b_protocol-}" ] || [ -z "${b_name-}" ] || assert_same_protocol "$b_name"
    "cmd_$b_command"
    ;;
  esac
}
