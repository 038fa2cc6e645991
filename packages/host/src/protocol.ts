import type { Commands, Protocol, Remedies } from './protocol-types.ts'
import { line, lines, list, names, number, oneOf, optional, quotedWords, type Values, word, yes } from './values.ts'

// What runs on a host has this protocol, and this file is the only place that declares it: commands with their values,
// what scripts say back, the state file of a change, refusals. A test (test/contracts/protocol.test.ts) fails where a host
// script and this file differ. A value has one name: `checkTimeout` here is `check_timeout` in a script, after `b_` for a
// value of a command and `r_` for one of the state file; a word `undoFailed` is `undo-failed` there.

/**
 * The number of this protocol. It grows with a change of it that another number would misunderstand. Steps with different
 * numbers refuse each other on a host while a release is open there (docs/decisions/host-protocol.md).
 */
export const protocol = 1

/** The states of a release on a host; each is the end of its file's name. */
export const states = ['held', 'armed', 'confirmed', 'undoing', 'undone', 'mixed', 'released'] as const
export type State = (typeof states)[number]
/** Instead of a state: it never got there; its file is not there any more; armed, and its process is gone. */
export const otherStates = ['none', 'gone', 'dead'] as const
export type AnsweredState = State | (typeof otherStates)[number]

// ---- shared by every action

const where = { base: line }
/** `id` is the release id: known to the runner before the host numbers the release. */
const release = { ...where, id: line }
/** `by` names the job, for people. */
const decision = { ...release, by: line }

const stateSays = { state: oneOf(...states, ...otherStates), who: line } as const

/** What is said of a change while it is made or undone. */
const changeSays = {
  ...stateSays,
  phase: line,
  failed: { failure: word, why: line },
  worked: line,
  undoFailed: line,
  /** Of an undo that succeeded. */
  back: line,
  /** What passed the check without being identified as the new release. */
  unproved: line,
  /** The last lines of the service: for the job log only. */
  tail: line,
  /** Which of its logs cannot be read. */
  unread: line,
  /** From here on the lines are of the undo. */
  going: line,
} as const

/** What every inspection says of login, lock and system. */
const commonFacts = {
  ...{ user: line, uid: line },
  ...{ lock: oneOf('free', 'held'), holder: line, endsIn: number, newest: line, state: line },
  ...{ killsProcesses: line, recoveryUnit: line, recoveryCron: line },
} as const

const finding = { code: word, text: line } as const

/** What a host says to every command: that it has begun, and why it refuses. */
export const alwaysSays = { ack: line, refused: finding } as const

export const sharedCommands = {
  /** Answers, and nothing else. */
  hello: { in: where },
  inspect: {
    in: { ...where, unit: line, recovery: line, need: number, keepReleases: number, params: lines },
    says: {
      tool: word,
      readOnly: line,
      sudo: line,
      release: { state: word, exists: yes, id: word, sha: word, manifest: word, version: line },
      schema: { id: word, migrations: line },
      misfit: { id: word, why: line },
      contract: { migration: word, oldestCompatible: line },
      slot: { port: word, traffic: oneOf('yes', 'no', 'unknown'), role: oneOf('active', 'idle', '-'), release: word },
      missing: finding,
      doubt: finding,
      found: line,
    },
    facts: {
      ...commonFacts,
      unitLoad: line,
      exists: yes,
      freeKib: number,
      freeInodes: number,
      prunableKib: number,
      current: oneOf('link', 'other', 'absent'),
      live: line,
      committed: line,
      version: line,
      misfit: line,
      /** The idle slot, or why there is none. */
      slot: line,
      noSlot: finding,
    },
  },
  /** Takes the lock, ends what a dead process left open, begins a release. */
  hold: {
    changes: true,
    in: { ...release, keepReleases: number, owner: line, lease: number, script: line, text: lines, params: lines },
    says: {
      held: word,
      committed: line,
      manifest: line,
      version: line,
      sha: line,
      live: line,
      slot: line,
      /** What a lost run had left open, and how it ended. */
      settled: { end: oneOf(...states), name: line },
    },
  },
  renew: { changes: true, in: { ...release, lease: number }, says: stateSays },
  /** Makes the change; from here on the host undoes it unless it is confirmed within `window` seconds. */
  arm: { changes: true, in: { ...decision, confirmTimeout: number, wait: number }, says: changeSays },
  ask: { changes: true, in: release, says: stateSays },
  confirm: { changes: true, in: { ...decision, record: lines }, says: stateSays },
  undo: { changes: true, in: { ...decision, wait: number }, says: changeSays },
  /** Records a compatibility limit, or removes it. */
  contract: { changes: true, in: { ...where, migration: word, oldest: word } },
  forget: { changes: true, in: { ...where, migration: word, wait: number } },
} as const satisfies Commands

/** What every state file has. What is written there keeps its name and its meaning: closed ones are read later. */
export const sharedState = {
  sent: { release: line, version: line, sha: line, manifest: line, schema: optional(line), slots: optional(list) },
  found: {
    protocol: line,
    script: line,
    live: line,
    slot: optional(line),
    previous: line,
    previousManifest: line,
    previousVersion: line,
    previousSha: line,
    whole: line,
  },
} as const

/** Besides the codes of each action, every host script refuses with these. */
export const sharedRemedies = {
  'lock-held': 'wait until it ends, which it does on its own; `command: status` shows it.',
  'path-not-writable': 'run `command: preflight`: it prints what root must prepare.',
  'disk-full': 'free space on that disk; releases beyond keep-releases are removed at the start of each release.',
  'not-held': 'run the job again: it did not renew the lock for longer than the host keeps it.',
  'state-damaged':
    'that file is incomplete, perhaps after a power cut: check what `current` serves, then move the file away.',
  'not-a-file': 'move it away: Belay makes what it needs there.',
  gone: 'a file below .belay/ was removed on that host; check what `current` serves.',
  'schema-ahead': 'release a version that fits; an old version can be built again with what the migration needs.',
  'protocol-differs':
    'use one commit of Belay for all steps of a job. What is open there ends by itself; if its process is gone, `sh PATH/.belay/NAME.sh recover restart` on that host ends it.',
  'current-outside': 'make `current` point to a folder below releases/, or set another path.',
} as const satisfies Remedies

export const sharedProtocol = {
  commands: sharedCommands,
  state: sharedState,
  failures: [],
  phases: [],
  findings: [],
  hostWords: ['serve', 'recover', 'finish'],
} as const satisfies Protocol

// ---- deploy-ssh: a release

export const deployProtocol = {
  commands: {
    /** Links what the committed release has, untouched, and names what is to be sent; `list` is in delta.sh. */
    link: { changes: true, in: { ...release, params: lines, list: lines }, says: { linked: yes, send: line } },
    /** Unpacks that, a tar in Base64. */
    unpack: { changes: true, in: { ...release, params: lines, data: line }, says: { unpacked: yes } },
    /** Links shared paths (`shared`: PATH UP in each line) and names the release. `no`: it has other names than listed. */
    prepare: { changes: true, in: { ...release, params: lines, shared: lines, linked: yes }, says: { prepared: yes } },
    /** Checks what is live now, once. */
    check: { in: { ...where, params: lines }, says: { healthy: { yes, why: line } } },
    /** Pulls the image. Without a token, as the host is logged in itself. */
    pull: {
      changes: true,
      in: { ...release, registry: line, registryUser: line, registryToken: line },
      says: { phase: line },
    },
  },
  state: {
    sent: {
      ...sharedState.sent,
      schema: line,
      restartKind: oneOf('systemd', 'command', 'compose', 'none'),
      /** A unit, quoted words, or a folder. */
      restart: line,
      checkKind: oneOf('url', 'command', 'none'),
      check: line,
      checkTimeout: number,
      slots: list,
      stop: quotedWords,
      activate: quotedWords,
      deactivate: quotedWords,
    },
    /** With Compose. */
    found: { project: optional(line), compose: optional(line) },
  },
  failures: ['swap', 'fill', 'restart', 'check'],
  phases: ['swap', 'link', 'restart', 'check', 'undo', 'image-here'],
  findings: names(
    'tools-missing program-missing unit-elsewhere docker-missing docker-refused docker-down compose-missing',
    'compose-folder env-missing first-release check-answered-by-other check-fails-live live-fails',
    'unit-not-reloaded unit-unknown lines-unread',
  ),
  hostWords: ['tell', 'disable', 'stop', 'holds', 'answers', 'fits'],
} as const satisfies Protocol

// ---- blue-green-switch: a move of traffic

export const switchProtocol = {
  commands: {
    see: {
      in: { ...where, recovery: line, params: lines },
      says: {
        slot: { port: word, weight: word, listening: yes, release: word, sha: word, version: line },
        /** A committed switch. */
        past: { release: word, sha: word },
        /** Where the last committed switch took the traffic from. */
        from: { release: word, sha: word, version: line },
        missing: finding,
        notice: line,
        sudo: line,
      },
      facts: {
        ...commonFacts,
        deploy: yes,
        warm: number,
        kind: oneOf('switch', 'rollback'),
        committed: line,
        version: line,
        committedSlot: line,
        from: line,
      },
    },
    /** Verifies the slot that traffic is to go to. */
    prove: { changes: true, in: release },
    /** Where nothing moves: checks the active slot, and corrects the marks of both. */
    agree: { changes: true, in: release, says: { told: { port: word, role: oneOf('active', 'idle') } } },
  },
  state: {
    sent: {
      ...sharedState.sent,
      kind: oneOf('switch', 'rollback'),
      slots: list,
      driver: oneOf('nginx', 'haproxy'),
      proxyKind: oneOf('systemd', 'command', 'compose', 'socket'),
      /** nginx: its folder; its unit, quoted words, or the folder of its Compose file; its name there. */
      upstream: optional(line),
      proxy: optional(line),
      proxyService: optional(line),
      /** HAProxy */
      socket: optional(line),
      backend: optional(line),
      stateFile: optional(line),
      check: line,
      weights: list,
      hold: number,
      drainTimeout: number,
      retain: number,
      successes: number,
    },
    found: { from: line, fromAlive: line, fromRelease: line, fromSha: line, fromVersion: line },
  },
  failures: ['gate', 'apply', 'confirm', 'persist', 'tell'],
  phases: ['weight-', 'switched', 'drained', 'undo', 'unlocked', 'still-enabled', 'not-saved'],
  findings: names('tools-missing proxy-invalid proxy-not-loaded not-persistent upstream-missing upstream-shared'),
  hostWords: ['active'],
} as const satisfies Protocol

// ---- migrate-db: a dump beside the service

const dump = { ...where, folder: line, major: number }

export const migrateProtocol = {
  commands: {
    backupRoom: { in: dump, facts: { freeKib: number } },
    backup: {
      in: {
        ...dump,
        ...{ file: line, prefix: line, keepBackups: number },
        ...{ host: line, port: number, user: line, database: line, sslmode: line, application: line, pgpass: line },
      },
      says: { size: number, sha256: word },
    },
  },
  state: { sent: {}, found: {} },
  failures: [],
  phases: [],
  findings: [],
  hostWords: [],
} as const satisfies Protocol

/** The values of a release's state file that deploy-ssh sends, and those of a switch. */
export type ReleaseValues = Values<typeof deployProtocol.state.sent>
export type SwitchValues = Values<typeof switchProtocol.state.sent>
