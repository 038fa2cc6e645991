import { expect, test } from 'vitest'
import { ProbeFailure, type RequestPhase } from '../src/http-request.ts'
import { explainFailure } from '../src/probe-failure.ts'

test.each<[RequestPhase, string, string, string]>([
  ['connect', 'ECONNREFUSED', 'error', 'refused'],
  ['connect', 'ABORTED', 'error', 'timeout'],
  ['connect', 'EHOSTUNREACH', 'error', 'unreachable'],
  ['connect', 'ENETUNREACH', 'error', 'unreachable'],
  ['connect', 'EMFILE', 'error', 'unreachable'],
  ['connect', 'ETIMEDOUT', 'error', 'timeout'],
  ['connect', 'ERR_PROXY_TUNNEL', 'error', 'unreachable'],
  ['connect', 'ERR_SSL_WRONG_VERSION_NUMBER', 'error', 'protocol'],
  ['answer', 'ECONNRESET', 'error', 'broken-off'],
  ['answer', 'HPE_INVALID_CONSTANT', 'error', 'protocol'],
  ['body', 'EPIPE', 'error', 'broken-off'],
  ['connect', 'ERR_TLS_CERT_ALTNAME_INVALID', 'fail', 'certificate'],
  ['connect', 'CERT_HAS_EXPIRED', 'fail', 'certificate'],
  ['connect', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'fail', 'certificate'],
  ['connect', 'CERT_REVOKED', 'fail', 'certificate'],
])('%s: %s is %s, %s', (phase, code, kind, cause) => {
  const reading = explainFailure(new ProbeFailure(phase, code))
  expect(reading).toMatchObject({ kind, cause })
  expect(reading.fatal ?? false).toBe(cause === 'certificate')
})
