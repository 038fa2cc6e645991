import { Failure, Interrupted } from '@belay/action-kit'
import { ApiError } from '@belay/kubernetes'

/** A refusal or a silence of the API server that no phase expects. */
export function failureOf(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new Interrupted()
  if (!(error instanceof ApiError)) return error
  const { status, message } = error
  if (status === 403)
    return new Failure(
      'forbidden',
      `The API server refuses: ${message}`,
      'run `command: preflight` of deploy-kubernetes with the same slots, which prints the role.',
    )
  return new Failure(
    'access',
    status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`,
    'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.',
  )
}
