/** What the shared part of the host script refuses a command with, each code with its remedy. */
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
  'current-outside': 'make `current` point to a folder below releases/, or set another path.',
} as const satisfies Remedies

/** The codes that a host script refuses with, each with its remedy: no code is without one. */
export type Remedies = Readonly<Record<string, string>>
