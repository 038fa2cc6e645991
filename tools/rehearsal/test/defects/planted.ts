/** A defect of Belay, planted in what it ships, and how a rehearsal must find it. */
export interface Defect {
  readonly name: string
  /** A file below `actions/`. */
  readonly file: string
  /** Texts of the file, each of which stands there once, and what takes their place. */
  readonly changes: Readonly<Record<string, string>>
  /** Of `npm run rehearse`. */
  readonly args: readonly string[]
  /** What the rehearsal says of it. */
  readonly found: RegExp
}

const qa = ['--environment', 'qa'] as const
const production = ['--environment', 'production'] as const

export const defects: readonly Defect[] = [
  {
    name: 'the lock of a host is kept after the end',
    file: 'deploy-ssh/dist/serve.sh',
    changes: { '      run_each ended\n': '      run_each ended\n      sleep 300\n' },
    args: qa,
    found: /the lock of acme-\w+ on host-\d is still held/,
  },
  {
    name: 'an undo leaves the new release live',
    file: 'deploy-ssh/dist/swap.sh',
    changes: { 'undo_swap() {\n': 'undo_swap() {\n  return 0\n' },
    args: [...qa, '--break', 'release/smoke'],
    found: /acme-api on host-1 must report 4f0c\w+, but is b83e/,
  },
  {
    name: 'an undo forgets the second host',
    file: 'deploy-ssh/dist/index.js',
    changes: { 'saved.leases.map((lease) => undoHost(': 'saved.leases.slice(0, 1).map((lease) => undoHost(' },
    args: [...qa, '--break', 'release/smoke'],
    found: /acme-api on host-2 must report 4f0c\w+, but is b83e/,
  },
  {
    name: 'a job that failed is committed',
    file: 'deploy-ssh/dist/index.js',
    changes: { "if (jobStatus !== 'success')": 'if (false)' },
    args: [...qa, '--break', 'release/smoke'],
    found: /must report 4f0c\w+, but is b83e/,
  },
  {
    name: 'a confirm timeout never ends',
    file: 'deploy-ssh/dist/serve.sh',
    changes: { '[ "$now" -lt "$until" ] || transition "$name" armed': ': || transition "$name" armed' },
    args: [...qa, '--lose-runner', 'release/smoke'],
    found: /must report 4f0c\w+, but is b83e/,
  },
  {
    name: 'a key stays on the runner',
    file: 'deploy-ssh/dist/index.js',
    changes: { 'const remove = () => ': 'const remove = () => 0 && ', '`secret-': '`kept-' },
    args: qa,
    found: /a secret was left in the runner/,
  },
  {
    name: 'the message in Slack is never ended',
    file: 'notify-slack/dist/index.js',
    changes: { 'slack && state.current.owner === step.id ?': 'slack && state.current.owner === "" ?' },
    args: qa,
    found: /the message of release in Slack still says that the release runs/,
  },
  {
    name: 'the message in Slack calls a rollback a success',
    file: 'notify-slack/dist/index.js',
    changes: { "'rolled-back': 'rolled back'": "'rolled-back': 'committed'" },
    args: [...qa, '--break', 'release/smoke'],
    found: /the message of release in Slack must say "rolled back"/,
  },
  {
    name: 'the deployment on GitHub stays open',
    file: 'release/deployment/dist/index.js',
    changes: { 'if (saved.id !== undefined) {': 'if (false) {' },
    args: production,
    found: /the deployment of release \(acme-api\) on GitHub has no final state/,
  },
  {
    name: 'traffic stays with the slot of a release that is undone',
    file: 'blue-green-switch/dist/undo.sh',
    changes: { 'undo_change() {\n': 'undo_change() {\n  return 0\n' },
    args: [...production, '--break', 'release (acme-api)/smoke'],
    found: /what users of acme-api on host-1 get must be 4f0c\w+, but is b83e/,
  },
  {
    name: 'a switch stops the old slot at once',
    file: 'blue-green-switch/dist/move.sh',
    changes: { '  say "phase switched ': '  stop_slot "$r_from"\n  say "phase switched ' },
    args: [...production, '--break', 'release (acme-api)/smoke'],
    found: /what users of acme-api on host-1 get must be 4f0c\w+, but is b83e/,
  },
]
