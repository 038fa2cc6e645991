/**
 * Every input of `release`, by where its value may come from and by the targets that it applies to. What describes
 * servers and services can be a variable of the environment. What belongs to one run, or to the commit, stands in the
 * workflow: a variable that is left behind would apply to every later release as well.
 */
export const releaseInputs = {
  /** `BELAY_` and the name in capitals. An input wins over its variable. */
  variable: {
    all: [
      ...['target', 'window', 'image', 'urls', 'version-from', 'expect-status', 'successes', 'gate-interval'],
      ...['gate-timeout', 'gate-deadline', 'deadline', 'slack-channel', 'slack-api-url'],
    ],
    ssh: [
      ...[
        'hosts',
        'proxy-hosts',
        'user',
        'known-hosts',
        'path',
        'shared',
        'restart',
        'check',
        'check-timeout',
        'slots',
      ],
      ...[
        'stop',
        'activate',
        'deactivate',
        'driver',
        'proxy',
        'upstream',
        'socket',
        'backend',
        'state-file',
        'weights',
      ],
      ...['hold', 'drain-timeout', 'retain', 'confirm-timeout', 'lock-timeout', 'keep-releases', 'registry-user'],
      ...['tool', 'tool-version', 'migrations', 'migrate-command', 'status-command', 'backup', 'backup-path'],
    ],
    render: ['services', 'owner-id', 'render-env', 'render-checks', 'undo-disks', 'render-api-url'],
    kubernetes: [
      ...[
        'namespace',
        'manifests',
        'chart',
        'values',
        'set',
        'slots',
        'canary',
        'metrics',
        'metrics-url',
        'kube-server',
        'kube-ca',
        'kube-audience',
        'prune',
        'progress-timeout',
        'confirm-image',
        'confirm-timeout',
        'lock-timeout',
        'keep-releases',
      ],
      ...['registry-user', 'via', 'tool', 'migrations', 'status-command'],
    ],
  },
  secret: {
    all: ['github-token', 'slack-token'],
    ssh: ['ssh-key', 'ssh-key-passphrase', 'registry-token', 'database-url'],
    render: ['render-api-key'],
    kubernetes: ['kubeconfig', 'kube-token', 'registry-token'],
  },
  run: {
    all: ['version', 'override-reason', 'rebuild'],
    ssh: ['until', 'phase', 'oldest-compatible-version', 'accept-risk', 'first-release'],
    render: ['allow-older'],
    kubernetes: ['accept-risk'],
  },
  commit: {
    all: ['service', 'environment', 'proven-by'],
    ssh: ['artifact', 'source'],
    render: [],
    kubernetes: [],
  },
} as const satisfies Record<string, Record<'all' | 'ssh' | 'render' | 'kubernetes', readonly string[]>>

export type InputKind = keyof typeof releaseInputs

/** Inputs of single actions that decide about one run, and that `release` sets itself. */
const ofSingleActions = ['command', 'dry-run', 'undo']

const kinds = new Map<string, InputKind>([
  ...ofSingleActions.map((name) => [name, 'run'] as const),
  ...(Object.keys(releaseInputs) as InputKind[]).flatMap((kind) =>
    Object.values(releaseInputs[kind])
      .flat()
      .map((name) => [name, kind] as const),
  ),
])

const prefix = 'BELAY_'

/** `BELAY_CONFIRM_TIMEOUT` for `confirm-timeout`. */
export function variableOf(input: string): string {
  return `${prefix}${input.toUpperCase().replaceAll('-', '_')}`
}

/** The kind of an input of `release`; undefined for any other name. */
export function kindOf(input: string): InputKind | undefined {
  return kinds.get(input)
}

/**
 * Reads `toJSON(vars)`. Only names with Belay's prefix count: an organisation may have its own IMAGE or TARGET.
 * @returns undefined where the text is not the JSON of an object
 */
export function parseSettings(text: string): ReadonlyMap<string, string> | undefined {
  if (text.trim() === '') return new Map()
  try {
    const all: unknown = JSON.parse(text)
    if (typeof all !== 'object' || all === null || Array.isArray(all)) return undefined
    return new Map(
      Object.entries(all)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name, String(value)]),
    )
  } catch {
    return undefined
  }
}

/** What is wrong with a variable that has Belay's prefix, and how to fix it; undefined where it is valid. */
export function variableIssue(name: string): { problem: string; remedy: string } | undefined {
  const input = name.slice(prefix.length).toLowerCase().replaceAll('_', '-')
  switch (kinds.get(input)) {
    case 'variable':
      return undefined
    case 'secret':
      return {
        problem: `is a variable, which everyone with access can read, and ${input} is secret`,
        remedy: `Delete the variable, store the value as a secret, and pass it to the input ${input}.`,
      }
    case 'run':
      return {
        problem: `is a variable, and ${input} applies to one run only`,
        remedy: `Delete the variable, and set ${input} in the workflow.`,
      }
    case 'commit':
      return {
        problem: `is a variable, and ${input} belongs to the commit`,
        remedy: `Delete the variable, and set ${input} in the workflow.`,
      }
    default:
      return name === 'BELAY_RESULT'
        ? { problem: 'is a variable, and Belay itself sets env.BELAY_RESULT', remedy: 'Delete the variable.' }
        : { problem: 'is not a variable of Belay', remedy: nearestRemedy(name) }
  }
}

function nearestRemedy(name: string): string {
  const all = Object.values(releaseInputs.variable).flat().map(variableOf)
  const nearest = all.map((one) => ({ one, steps: editDistance(one, name) })).sort((a, b) => a.steps - b.steps)[0]
  // Half of another name is not a misspelling of it.
  return nearest && nearest.steps <= Math.max(2, (name.length - prefix.length) / 3)
    ? `Did you mean ${nearest.one}? Rename it, or delete it.`
    : 'Rename it, or delete it: docs/variables.md lists all that start with BELAY_.'
}

/** How many letters have to be added, removed or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
