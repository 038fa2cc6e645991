import { Failure } from '@belay/action-kit'

/**
 * What made `docker` fail. `transport` may succeed later, `cache` without a cache; the others fail the same way again.
 */
export type BuildErrorKind =
  | 'daemon-missing'
  | 'buildx-missing'
  | 'engine-cannot'
  | 'registry-login'
  | 'tag-immutable'
  | 'cache'
  | 'transport'
  | 'build'

/**
 * Classifies by the engine's own last message. The output of a Dockerfile command stands before it: a network error there
 * is the Dockerfile's.
 */
export function classifyError(output: string): BuildErrorKind {
  const word = lastErrorText(output)
  return rules.find(([, pattern]) => pattern.test(word))?.[0] ?? 'build'
}

/** From the last line that begins with `ERROR:` or `docker:`, else the last one. */
export function lastErrorText(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '')
  const error = lines.findLastIndex((line) => /^(error|docker):/i.test(line))
  return (error < 0 ? lines.slice(-1) : lines.slice(error)).join('\n')
}

/** In order: the first match decides. Texts of Docker 20.10 to 28, buildx 0.13 to 0.29, BuildKit 0.8 to 0.25. */
const rules: readonly (readonly [BuildErrorKind, RegExp])[] = [
  // The failed command is quoted there, whatever its text contains.
  ['build', /did not complete successfully|executor failed running/i],
  [
    'daemon-missing',
    /cannot connect to the docker daemon|failed to connect to the docker api|is the docker daemon running/i,
  ],
  [
    'buildx-missing',
    /unknown command: docker buildx|'buildx' is not a docker command|buildx component is missing or broken/i,
  ],
  ['build', /dockerfile parse error|failed to parse|failed to read dockerfile/i],
  [
    'cache',
    /cache (export|import)|(export|import)(ing)? cache|cache (exporter|importer)|unknown cache|error writing layer blob.*cache/i,
  ],
  [
    'engine-cannot',
    /(is )?not supported (for|by) the docker|attestation is not supported|multi-?platform build is not supported|multiple platforms feature is currently not supported/i,
  ],
  ['tag-immutable', /tag.{0,40}immutab(le|ility)|immutab(le|ility).{0,40}tag|configured as immutable/i],
  ['transport', /toomanyrequests|too many requests/i],
  [
    'registry-login',
    /\b401 unauthorized|unauthorized:|no basic auth credentials|authentication required|authorization failed|insufficient_scope|\b403 forbidden|\bdenied:/i,
  ],
  [
    'transport',
    /(unexpected|unknown|http) status[^\n]*\b(429|5\d\d)\b|error parsing http (429|5\d\d)|\b(500 internal server error|502 bad gateway|503 service unavailable|504 gateway time-?out)/i,
  ],
  [
    'transport',
    /\bEOF\b|timeout\b|timed out|deadline exceeded|connection reset|connection refused|broken pipe|connection closed|failed commit on ref|server misbehaving|temporary failure in name resolution|short read|use of closed network connection/i,
  ],
]

/** The failure of a step for an error that is not retried. */
export function failureFor(errorKind: BuildErrorKind, output: string): Failure {
  const word = lastErrorText(output)
    .replace(/^error:\s*/i, '')
    .slice(0, 1000)
  switch (errorKind) {
    case 'daemon-missing':
      return new Failure(
        'docker-unreachable',
        word,
        'start the Docker daemon, or set DOCKER_HOST to where one listens.',
      )
    case 'buildx-missing':
      return new Failure(
        'buildx-missing',
        'This Docker cannot build: it has no buildx, and its own client has no BuildKit.',
        'put docker/setup-buildx-action before this step, or install the package docker-buildx-plugin.',
      )
    case 'engine-cannot':
      return new Failure(
        'engine-cannot',
        word,
        'put docker/setup-buildx-action before this step: its builder supports it.',
      )
    case 'registry-login':
      return new Failure(
        'registry-login',
        `The registry refused the request: ${word}`,
        'check that this job is logged in to the registry, and may pull the base images and push to the image.',
      )
    case 'tag-immutable':
      return new Failure(
        'tag-immutable',
        word,
        'give if-exists: reuse, which takes the existing image instead of a new build.',
      )
    case 'transport':
      return new Failure(
        'registry-unreachable',
        `The connection to a registry failed three times: ${word}`,
        'run the job again.',
      )
    case 'cache':
    case 'build':
      return new Failure('build-failed', `The build failed: ${word}`, 'read the log of the build above this error.')
  }
}
