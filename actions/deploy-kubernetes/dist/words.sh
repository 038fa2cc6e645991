# shellcheck shell=sh disable=SC2154,SC2034 # b_… come as assignments before this text
# What Belay does on a host, the part that all actions share: for a service one lock, one process, one state file, one confirm
# timeout.
# It is many small files, joined in the order of host-script.ts: each uses only what stands before it, and hooks.sh names
# what an action adds. All of them only define. They come by standard input of `sh -s`, after assignments of the variables
# b_…, and are kept in .belay/ as they came.
#
# All folders and files below .belay/ are plain text:
#   lock                 held (flock) by the process of an open transaction; never removed
#   holder               who holds it, for people
#   states/SEQ-ID.STATE  a transaction: all that one job changes for this service here. Its state is the name of the file: the
#                        process that renames it decides. held → armed → confirmed, or → undoing → undone or mixed;
#                        held → released
#   changes/SEQ-ID.KIND  the values of one of its changes: of its release, or of its move of traffic; where the proxies are on
#                        other hosts, also of its claim on a slot and of the roles that it gives
#   work/SEQ-ID/         what its process writes: its pid, lease, deadline, what decided;  KIND/  how far that change got;
#                        traffic  what the runner last said of proxies on other hosts
#   lists/ID             what a release was made of, where an action keeps that
#   log/SEQ-ID.KIND.log  what a change did;  records/SEQ-ID.jsonl  the job's record, copied at confirm
#
# Three traps of the shells (docs/research/hosts.md#the-lock): a failed `.` or `exec N>` ends a script unless
# `command` stands before it; a child that inherits the lock's descriptor keeps the lock; and standard input is this
# script, so children get /dev/null.
set -u

say() { # always one line: a text that was kept here must not become a second line
  case $* in
  *[[:cntrl:]]*) printf '@belay %s\n' "$(printf '%s' "$*" | tr '\001-\037\177' ' ')" ;;
  *) printf '@belay %s\n' "$*" ;;
  esac
}

refuse() { # CODE TEXT
  say "refused $1 $2"
  exit 0
}

clock() { # seconds since the machine started: the date may jump, this does not (docs/research/hosts.md#the-clock)
  read -r up _ </proc/uptime
  now=${up%.*}
}

layout() {
  belay=$b_base/.belay
  states=$belay/states changes=$belay/changes
  kinds='release claim role move' kinds_back='move role claim release'
}

assert_plain_files() { # refuses what Belay did not make: to open a FIFO waits for ever, and a rename cannot replace a folder
  for place in "$belay" "$states" "$changes" "$belay/work" "$belay/log" "$belay/records" "$belay/lists"; do
    if [ -f "$place" ] || is_special "$place"; then refuse not-a-file "$place is not a folder"; fi
  done
  for place in "$belay/lock" "$belay/holder" "$belay/contracts" "$belay/proxy" "$belay/proxies" "$belay/warm" "$belay"/nginx-* "$belay"/*.sh "$belay"/*.new "$states"/* "$changes"/* "$belay"/lists/*; do
    if [ -d "$place" ] || is_special "$place"; then refuse not-a-file "$place is not a plain file"; fi
  done
}

is_special() { [ -p "$1" ] || [ -S "$1" ] || [ -b "$1" ] || [ -c "$1" ]; }

pause() { sleep 0.2 2>/dev/null || sleep 1; }

sleep_short() { sleep 0.02 2>/dev/null || sleep 1; } # where the runner waits for the answer

nap() { # the same, and shorter at first, for what may be over at once; naps is 0 before the loop
  case $naps in
  0) sleep 0.002 2>/dev/null || sleep 1 ;;
  1 | 2) sleep 0.004 2>/dev/null || sleep 1 ;;
  3 | 4 | 5) sleep 0.008 2>/dev/null || sleep 1 ;;
  *) sleep_short ;;
  esac
  naps=$((naps + 1))
}

write_atomic() { # FILE TEXT: writes it completely or not at all
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1"
}

print_assignment() { # NAME VALUE: prints a line that assigns VALUE to NAME, whatever is in it
  case $2 in
  *"'"*) printf "%s='%s'\n" "$1" "$(printf '%s' "$2" | sed "s/'/'\\\\''/g")" ;;
  *) printf "%s='%s'\n" "$1" "$2" ;;
  esac
}
