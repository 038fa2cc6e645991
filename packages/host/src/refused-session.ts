import { Failure } from '@belay/action-kit'

/**
 * The failure of a host that refused one more session over the connection; undefined where `errors`, what ssh printed, says
 * something else. The shell of a process stays open, and rsync or a renewal needs a session beside it.
 */
export function refusedSession(host: string, errors: string): Failure | undefined {
  if (!/^mux_client_request_session: session request failed: Session open refused by peer/m.test(errors))
    return undefined
  return new Failure(
    'sessions-limited',
    `${host}: its sshd refuses a second session over one connection (MaxSessions).`,
    'set MaxSessions there to 2 or more (default 10), in /etc/ssh/sshd_config or a file of sshd_config.d, and reload sshd.',
  )
}
