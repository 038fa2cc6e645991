import type { Remedies } from '@belay/host'

/** What deploy-ssh's part of the host script refuses with, beyond the shared codes, each code with its remedy. */
export const remedies = {
  'no-idle-slot': 'first move the traffic to one slot, with `command: switch` or `rollback` of blue-green-switch.',
  'active-unknown': 'fix the proxy on that host. Belay changes no slot until it knows which one receives traffic.',
  'upload-failed':
    'run the job again; if it fails again, look below releases/ on that host for what stands in the way.',
  'no-such-release': 'release another image, or move that folder away.',
  'registry-refused': 'set registry-user and registry-token to an account that may pull this image.',
  'image-missing': 'check whether the build pushed it there, and whether the registry removed it.',
  'pull-failed': 'check that the host reaches the registry, then run the job again.',
  'compose-invalid': 'run `docker compose config` in that folder: it names the line that is wrong.',
  'compose-layout': 'check with `docker compose version` that it is Docker Compose, and not a substitute.',
  'variable-missing': 'read the README of deploy-ssh: each service of a release takes its image from one variable.',
} as const satisfies Remedies
