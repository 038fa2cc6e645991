import type { ProbeCause } from '@belay/probe'

/** What to do about an instance that kept a gate from passing. */
export function remedyFor(cause: ProbeCause): string {
  return remedies[cause]
}

const checkReach = 'see whether it listens at that address and port, and whether this runner may reach it'
const raiseDeadline = 'raise deadline if it only needs more time'

const remedies: Record<ProbeCause, string> = {
  'as-expected': raiseDeadline,
  status: 'read what that instance logged; its health URL must answer with one of expect-status.',
  redirect: 'give the URL that it leads to; redirects are not followed, for a login page answers 200 too.',
  certificate:
    'install a certificate for this name with its whole chain; for an authority of your own set NODE_EXTRA_CA_CERTS.',
  'wrong-version':
    'see whether that instance was restarted with the new release, whether a cache or another server answers for it, ' +
    'and whether it reports its version in exactly the form of expect-version.',
  'no-version': 'let the service report its version there, or say with version-from where it does.',
  unresolved: 'see whether the name is right and its DNS record is there.',
  'no-route': 'give an address of a family that this runner has, or run the job where there is one.',
  refused: `${checkReach}; localhost stands for 127.0.0.1 and ::1, so write the one that it listens on; ${raiseDeadline}.`,
  timeout: `${checkReach}, and whether it hangs; ${raiseDeadline}.`,
  'broken-off': `see whether it crashes or restarts; ${raiseDeadline}.`,
  protocol: 'see whether http:// and https:// and the port are right.',
  unreachable: `${checkReach}.`,
}
