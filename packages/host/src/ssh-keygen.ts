import { spawnSync } from 'node:child_process'

/** What ssh-keygen is asked at once, about files. */
export interface KeyQuestions {
  /** The file of a private key that it is to read. */
  readonly keyFile?: string | undefined
  readonly knownHostsFile?: string | undefined
  /** Names that it is to find in known-hosts. */
  readonly names: readonly string[]
}

export interface KeyAnswers {
  readonly readsKey: boolean
  /** What it said of the key. */
  readonly errors: string
  readonly found: ReadonlySet<string>
}

/**
 * Inputs are read without waiting for anything, so what runs side by side needs a shell that waits for it. Sixteen at
 * once, as hosts may be many. A key's passphrase is never in an argument, as -P would have it: every user can read those.
 */
const script = `
key=$1 known=$2 count=0
shift 2
if [ -n "$key" ]; then
  (
    ssh-keygen -y -f "$key" >/dev/null
    echo "key $?"
  ) &
fi
for name; do
  count=$((count + 1))
  (
    ssh-keygen -F "$name" -f "$known" >/dev/null 2>&1
    echo "$count $?"
  ) &
  [ $((count % 16)) -ne 0 ] || wait
done
wait
`

/** Asks ssh-keygen about a key and names side by side. What has no answer within 10 s counts as no. */
export function askSshKeygen(
  { keyFile = '', knownHostsFile = '', names }: KeyQuestions,
  env: NodeJS.ProcessEnv,
): KeyAnswers {
  if (keyFile === '' && names.length === 0) return { readsKey: false, errors: '', found: new Set() }
  const { stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', keyFile, knownHostsFile, ...names], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 10_000,
    killSignal: 'SIGKILL',
  })
  const yes = new Set((stdout ?? '').split('\n').flatMap((line) => /^(\S+) 0$/.exec(line)?.[1] ?? []))
  const found = new Set(names.filter((_, index) => yes.has(String(index + 1))))
  return { readsKey: yes.has('key'), errors: stderr ?? '', found }
}
