import { Failure, Interrupted } from '@belay/action-kit'
import { ApiError } from './api.ts'

/**
 * What ended main, as its caller reports it: a cancel, or a refusal or a silence of the API server that no phase expects.
 * Other errors stay as they are. `role`: how the rights that are needed are printed.
 */
export function failureOf(error: unknown, signal: AbortSignal, role: string): unknown {
  if (signal.aborted) return new Interrupted()
  if (!(error instanceof ApiError)) return error
  const { status, message } = error
  if (status === 403) return new Failure('forbidden', `The API server refuses: ${message}`, role)
  return new Failure(
    'access',
    status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`,
    'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.',
  )
}
