import type { Remedies } from './protocol-types.ts'

/** Besides the codes of each action, every host script refuses with these. */
export const sharedRemedies = {
  'old-layout':
    'end what is open there with the older Belay, move the folder away, and run `command: preflight`: it prints what root must prepare.',
  'lock-held': 'wait until it ends, which it does on its own; `command: status` shows it.',
  'path-not-writable': 'run `command: preflight`: it prints what root must prepare.',
  'disk-full': 'free space on that disk; releases beyond keep-releases are removed at the start of each release.',
  'not-held': 'run the job again: it did not renew the lock for longer than the host keeps it.',
  'went-back':
    'run the job again. Where its confirm-timeout ended, give a longer one, or move slow steps before the release.',
  'state-damaged':
    'that file is incomplete, perhaps after a power cut: check what `current` serves, then move the file away.',
  'not-a-file': 'move it away: Belay makes what it needs there.',
  gone: 'a file below .belay/ was removed on that host; check what `current` serves.',
  'schema-ahead': 'release a version that fits; an old version can be built again with what the migration needs.',
  'protocol-differs':
    'use one commit of Belay for all steps of a job. What is open there ends by itself; if its process is gone, `sh PATH/.belay/NAME.sh recover restart` on that host ends it.',
  'proxy-unasked':
    'name every proxy before these slots in proxy-hosts. If a proxy is gone, remove its name from .belay/proxies there; where its own proxy is no longer used, remove .belay/proxy and .belay/changes/*.move.',
  'current-outside': 'make `current` point to a folder below releases/, or set another path.',
} as const satisfies Remedies
