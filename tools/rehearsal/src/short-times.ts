/**
 * Variables for a release whose runner is lost, so that the hosts roll back soon. The host's check and the gate are
 * shorter, too: together they must end before the confirm timeout.
 */
export function shortTimes(confirmSeconds: number): Record<string, string> {
  return { BELAY_CONFIRM_TIMEOUT: `${confirmSeconds}s`, BELAY_CHECK_TIMEOUT: '10s', BELAY_GATE_DEADLINE: '15s' }
}
