import type { Commands, Protocol } from './protocol-types.ts'
import { line, lines, list, names, number, oneOf, optional, quotedWords, type Values, word, yes } from './values.ts'

// What runs on a host has this protocol; only this file declares it: commands with their values, what scripts say back, and the
// file of a change. test/contracts/protocol.test.ts fails where a host script differs. A value has one name: `checkTimeout` here
// is `check_timeout` in a script, after `b_` (of a command) or `r_` (of a change); a word `undoFailed` is `undo-failed` there.

/**
 * The number of this protocol. It grows with a change of it that another number would misunderstand. Steps with different
 * numbers refuse each other on a host while a release is open there (docs/decisions/host-protocol.md).
 */
export const protocol = 3

/** The states of a transaction on a host; each is the end of its file's name. */
export const states = ['held', 'armed', 'confirmed', 'undoing', 'undone', 'mixed', 'released'] as const
export type State = (typeof states)[number]
/** Instead of a state: it never got there; its file is not there any more; armed, and its process is gone. */
export const otherStates = ['none', 'gone', 'dead'] as const
export type AnsweredState = State | (typeof otherStates)[number]

// ---- shared by every action

const where = { base: line }
/** What a job changes for a service on a host. `id` is known to the runner before the host numbers it. */
const transaction = { ...where, id: line }
/** One of them. */
const change = { ...transaction, change: oneOf('release', 'claim', 'role', 'move') }
/**
 * What the runner saw of proxies on other hosts: `known SLOT…` (those with traffic), `new` where Belay never moved their
 * traffic, `unknown`. Not sent where the proxy is on the slots' host.
 */
const traffic = { traffic: optional(line) }
/** With the names of these proxies. */
const heard = { ...traffic, proxies: optional(list) }
const held = { keepReleases: number, owner: line, lease: number, script: line, text: lines, params: lines }
/** `by` names the job, for people. */
const decision = { ...transaction, by: line }

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
    in: { ...where, unit: line, recovery: line, need: number, keepReleases: number, params: lines, ...heard },
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
  /**
   * Begins a change. Takes the lock, and ends what a dead process left open; or joins what an earlier step of the same job
   * has open.
   */
  hold: {
    changes: true,
    in: { ...change, ...held, ...heard },
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
  renew: { changes: true, in: { ...transaction, lease: number }, says: stateSays },
  /**
   * Makes the change; from here on the host undoes all of the transaction unless it is confirmed within `confirmTimeout`
   * seconds, which replace those of an earlier change.
   */
  arm: {
    changes: true,
    in: { ...decision, change: change.change, confirmTimeout: number, wait: number },
    says: changeSays,
  },
  ask: { changes: true, in: transaction, says: stateSays },
  confirm: { changes: true, in: { ...decision, record: lines }, says: { ...stateSays, elsewhere: line } },
  /** Undoes all of the transaction; where this change was not ordered, forgets only this change. */
  undo: { changes: true, in: { ...decision, change: change.change, wait: number, ...traffic }, says: changeSays },
  /**
   * Of a proxy before other hosts: which of `slots` get its traffic. `none` where Belay never moved it. With `recover`, what a
   * lost run left open there is undone first.
   */
  traffic: {
    changes: true,
    in: { ...transaction, slots: list, recover: yes },
    says: { traffic: { known: oneOf('yes', 'no', 'none'), text: line } },
  },
  /** Records a compatibility limit, or removes it. */
  contract: { changes: true, in: { ...where, migration: word, oldest: word } },
  forget: { changes: true, in: { ...where, migration: word, wait: number } },
} as const satisfies Commands

/** What the file of every change has. What is written there keeps its name and its meaning: closed ones are read later. */
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

export const sharedProtocol = {
  commands: sharedCommands,
  state: sharedState,
  failures: [],
  phases: [],
  findings: [],
  hostWords: ['serve', 'change', 'recover', 'finish'],
} as const satisfies Protocol

// ---- deploy-ssh: a release

export const deployProtocol = {
  commands: {
    /** Links what the committed release has, untouched, and names what is to be sent; `list` is in delta.sh. */
    link: { changes: true, in: { ...transaction, params: lines, list: lines }, says: { linked: yes, send: line } },
    /** Unpacks that, a tar in Base64. */
    unpack: { changes: true, in: { ...transaction, params: lines, data: line }, says: { unpacked: yes } },
    /** Links shared paths (`shared`: PATH UP in each line) and names the release. `no`: it has other names than listed. */
    prepare: {
      changes: true,
      in: { ...transaction, params: lines, shared: lines, linked: yes },
      says: { prepared: yes },
    },
    /** Checks what is live now, once. */
    check: { in: { ...where, params: lines, ...traffic }, says: { healthy: { yes, why: line } } },
    /** Pulls the image. Without a token, as the host is logged in itself. */
    pull: {
      changes: true,
      in: { ...transaction, registry: line, registryUser: line, registryToken: line },
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
        slot: { name: word, weight: word, listening: yes, release: word, sha: word, version: line },
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
    prove: { changes: true, in: change },
    /** Where nothing moves: checks the active slot, and corrects the marks of both. */
    agree: { changes: true, in: change, says: { told: { port: word, role: oneOf('active', 'idle') } } },
    /** Of a gated switch: metrics are good at `weight` percent, so it may go on once that was held. */
    advance: { changes: true, in: { ...transaction, weight: number } },
  },
  state: {
    sent: {
      ...sharedState.sent,
      kind: oneOf('switch', 'rollback'),
      slots: list,
      driver: oneOf('nginx', 'haproxy'),
      proxyKind: oneOf('systemd', 'command', 'compose', 'socket'),
      /** nginx: its folder; its unit, quoted words, or the folder of its Compose file; its name there. */
      ...{ upstream: optional(line), proxy: optional(line), proxyService: optional(line) },
      /** HAProxy */
      ...{ socket: optional(line), backend: optional(line), stateFile: optional(line) },
      check: line,
      weights: list,
      /** `gated`: no weight ends without the runner's word. */
      ...{ hold: number, gated: optional(yes), drainTimeout: number, retain: number, successes: number },
      /** Of a claim and of roles: names of the proxies; which slot traffic comes from, and which one it goes to. */
      ...{ proxies: optional(list), from: optional(line), slot: optional(line) },
    },
    found: { fromAlive: line, fromRelease: line, fromSha: line, fromVersion: line },
  },
  failures: ['gate', 'apply', 'confirm', 'persist', 'tell', 'claim'],
  phases: ['weight-', 'switched', 'drained', 'undo', 'unlocked', 'still-enabled', 'not-saved', 'not-stopped'],
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

/** The values of a change that deploy-ssh sends, and those of a switch. */
export type ReleaseValues = Values<typeof deployProtocol.state.sent>
export type SwitchValues = Values<typeof switchProtocol.state.sent>
