import { expect, test } from 'vitest'
import { type BuildErrorKind, classifyError, failureFor } from '../src/build-errors.ts'

// Texts of Docker 20.10, 26 and 28 with buildx 0.13 and 0.29, and of registries.
test.each<[BuildErrorKind, string]>([
  [
    'transport',
    'ERROR: failed to build: failed to solve: failed to push 127.0.0.1:1/a/b:t6: failed to do request: Head "https://127.0.0.1:1/v2/a/b/blobs/sha256:f2": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'transport',
    'ERROR: failed to solve: failed to push r/a:b: failed to copy: failed to do request: Put "https://r/v2/": EOF',
  ],
  [
    'transport',
    'ERROR: failed to solve: failed commit on ref "layer-sha256:1": unexpected status from PUT request to https://r/v2: 500 Internal Server Error',
  ],
  [
    'transport',
    'ERROR: failed to solve: node:22: failed to resolve source metadata for docker.io/library/node:22: unexpected status from HEAD request to https://r: 429 Too Many Requests',
  ],
  ['transport', 'received unexpected HTTP status: 503 Service Unavailable'],
  ['transport', 'error parsing HTTP 429 response body: invalid character'],
  ['transport', 'toomanyrequests: You have reached your pull rate limit.'],
  [
    'transport',
    'ERROR: failed to solve: failed to fetch oauth token: Post "https://auth": net/http: TLS handshake timeout',
  ],
  [
    'registry-login',
    'ERROR: failed to solve: failed to push r/a:b: push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  ],
  ['registry-login', 'unauthorized: authentication required'],
  ['registry-login', 'denied: requested access to the resource is denied'],
  ['daemon-missing', 'ERROR: Cannot connect to the Docker daemon at unix:///nope. Is the docker daemon running?'],
  ['buildx-missing', "docker: 'buildx' is not a docker command.\nSee 'docker --help'"],
  ['buildx-missing', "docker: unknown command: docker buildx\n\nRun 'docker --help' for more information"],
  [
    'buildx-missing',
    'ERROR: BuildKit is enabled but the buildx component is missing or broken.\n       Install the buildx component',
  ],
  [
    'engine-cannot',
    'ERROR: failed to build: Attestation is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.',
  ],
  [
    'cache',
    'ERROR: failed to build: Cache export is not supported for the docker driver.\nSwitch to a different driver',
  ],
  ['cache', 'ERROR: failed to solve: error writing manifest blob: failed to export cache: 403 Forbidden'],
  ['build', 'ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1'],
  [
    'build',
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 4: Unknown flag: network',
  ],
  ['build', 'executor failed running [/bin/sh -c curl https://r]: exit code: 22'],
  [
    'build',
    'ERROR: failed to build: failed to solve: process "/bin/sh -c docker ps || echo Is the docker daemon running" did not complete successfully: exit code: 1',
  ],
  [
    'tag-immutable',
    'ERROR: failed to push r/a:1: unexpected status from PUT request to https://r/v2/a/manifests/1: 400 Bad Request\ncannot update tag 1. The repository has enabled tag immutability',
  ],
  ['tag-immutable', "unknown: Failed to process request due to 'a/api:1' configured as immutable."],
  ['build', 'ERROR: failed to solve: failed to compute cache key: "/immutable.js": not found'],
  ['build', ''],
])('%s: %s', (fault, said) => {
  expect(classifyError(said)).toBe(fault)
})

test('a registry may refuse the base image as well as the pushed image', () => {
  const said =
    'ERROR: failed to solve: acme/base:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
  expect(failureFor(classifyError(said), said)).toMatchObject({
    code: 'registry-login',
    message: expect.stringMatching(/acme\/base:1.*pull the base images/s),
  })
})

test('a network error inside a command of the Dockerfile is an error of the build', () => {
  const said = `#9 1.2 npm error network read ECONNRESET: connection reset by peer
#9 1.3 unexpected HTTP status: 503 Service Unavailable
------
ERROR: failed to solve: process "/bin/sh -c npm ci --timeout=5" did not complete successfully: exit code: 1`
  expect(classifyError(said)).toBe('build')
})
