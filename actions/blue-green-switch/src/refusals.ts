import type { Remedies } from '@belay/host'

/** What blue-green-switch's part of the host script refuses with, beyond the shared codes, each code with its remedy. */
export const remedies = {
  'proxy-unreadable': 'run `command: status`: it lists what keeps the proxy from being read.',
  'traffic-split': 'send all traffic to one slot by hand, then run the job again.',
  'server-missing': 'add the server that is named to the proxy, with the slot that serves now, then run the job again.',
  'slots-are-local': 'give the slots as two ports, or give this step a folder of its own in `path`.',
  'slot-unfit': 'nothing was changed; read the log of that slot, then release to it again.',
  'not-warm':
    'start it again with `command: rollback` of deploy-ssh, then switch; version `previous` of a production release does both.',
  'tell-failed': 'run the command of `activate` or `deactivate` on that host as the deploy user, and fix what it says.',
} as const satisfies Remedies
