import { metricRemedies, type ProbeCause } from '@belay/probe'

/** The remedy for the cause that kept a gate from passing. `seen`: the versions that the instances reported last. */
export function remedyFor(cause: ProbeCause, seen: readonly string[], expected: string | undefined): string {
  const shortened = seen.some((version) => isShortened(version, expected))
  return cause === 'wrong-version' && shortened ? shortenedRemedy : remedies[cause]
}

const shortenedRemedy = 'report the whole commit, with its 40 digits: the version that answered is only its beginning.'

/** Git shortens to seven digits at least. */
function isShortened(version: string, commit = ''): boolean {
  return /^[0-9a-f]{40}$/.test(commit) && version.length >= 7 && version.length < 40 && commit.startsWith(version)
}

const checkReach = 'check that it listens at that address and port, and that this runner can reach it'
const raiseDeadline = 'raise deadline if it needs more time'

const remedies: Record<ProbeCause, string> = {
  'as-expected': raiseDeadline,
  status: 'read the log of that instance; its health URL must answer with one of expect-status.',
  redirect: 'give the URL that it redirects to. Redirects are not followed, because a login page answers 200 too.',
  certificate:
    'install a certificate for this name with its complete chain; for your own authority set NODE_EXTRA_CA_CERTS.',
  'wrong-version':
    'check that the instance was restarted with the new release, that no cache or other server answers for it, ' +
    'that its build was given the commit or version that it reports (with Docker often a build argument), ' +
    'and that it reports it in exactly the form of expect-version.',
  'no-version': 'make the service report its version there, or name the right place with version-from.',
  'version-elsewhere':
    'set version-from (variable BELAY_VERSION_FROM) to the place where the version is, or report it where it is read.',
  unresolved: 'check the name and its DNS record.',
  'no-route': 'give an address of a family (IPv4 or IPv6) that this runner has a route to, or use another runner.',
  refused:
    `${checkReach}: what listens on 127.0.0.1 alone (in a Compose file: 127.0.0.1:8080:8080) is reached from its own ` +
    `machine only; localhost means 127.0.0.1 and ::1, so write the one that it listens on; ${raiseDeadline}.`,
  timeout: `${checkReach}, and that it does not hang; ${raiseDeadline}.`,
  'broken-off': `check whether it crashes or restarts; ${raiseDeadline}.`,
  protocol: 'check the port, and whether the URL needs http:// or https://.',
  unreachable: `${checkReach}.`,
  ...metricRemedies('raise deadline'),
}
