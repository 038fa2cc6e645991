import type { ProbeFailure, RequestPhase } from './http-request.ts'
import type { ProbeCause, ProbeResult } from './sample.ts'

/** The result of a probe without a complete answer. Pure. */
export function explainFailure({ phase, code }: ProbeFailure): ProbeResult {
  const certificate = certificateFaults[code]
  // The server did show a certificate, and waiting does not change it.
  if (certificate !== undefined || isCertificateCode(code))
    return {
      kind: 'fail',
      cause: 'certificate',
      message: certificate ?? `showed a bad certificate (${code})`,
      fatal: true,
    }
  if (code === 'ABORTED') return { kind: 'error', cause: 'timeout', message: timeoutMessages[phase] }
  const [cause, message] = networkFaults[code] ??
    protocolFault(code) ?? ['unreachable', `could not be reached (${code})`]
  return { kind: 'error', cause, message }
}

const timeoutMessages: Record<RequestPhase, string> = {
  connect: 'did not accept a connection within the timeout',
  answer: 'gave no answer within the timeout',
  body: 'did not finish its answer within the timeout',
}

/** The codes of Node's TLS for a bad certificate. */
const certificateFaults: Record<string, string> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'showed a certificate for another name',
  HOSTNAME_MISMATCH: 'showed a certificate for another name',
  CERT_HAS_EXPIRED: 'showed a certificate that has expired',
  CERT_NOT_YET_VALID: 'showed a certificate that is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'showed a self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'showed a certificate from an authority that this runner does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'showed a certificate from an authority that this runner does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'showed a certificate from an authority that this runner does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'showed a certificate without the rest of its chain',
}

function isCertificateCode(code: string): boolean {
  return code.startsWith('CERT_') || ['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'].includes(code)
}

const networkFaults: Record<string, [ProbeCause, string]> = {
  ECONNREFUSED: ['refused', 'refused the connection'],
  ECONNRESET: ['broken-off', 'closed the connection before its answer was complete'],
  EPIPE: ['broken-off', 'closed the connection before its answer was complete'],
  ETIMEDOUT: ['timeout', timeoutMessages.connect],
  EHOSTUNREACH: ['unreachable', 'is not reachable (EHOSTUNREACH)'],
  ERR_PROXY_TUNNEL: ['unreachable', 'is not reachable: the proxy refused to connect'],
}

function protocolFault(code: string): [ProbeCause, string] | undefined {
  if (code.startsWith('HPE_')) return ['protocol', `did not answer in HTTP (${code})`]
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return ['protocol', `did not answer in TLS (${code})`]
  return undefined
}
