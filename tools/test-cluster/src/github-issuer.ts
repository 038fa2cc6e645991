import { execFileSync } from 'node:child_process'
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Signs tokens as GitHub does for a job with `id-token: write`, with a key of its own. A cluster accepts them where its
 * AuthenticationConfiguration names `discoveryUrl` and `ca`, and it `reaches` the port.
 */
export interface GithubIssuer {
  /** GitHub's own, which is in every token. */
  readonly url: string
  /** Where the API server finds the keys: on 127.0.0.1. */
  readonly discoveryUrl: string
  readonly port: number
  /** The certificate of what listens there. */
  readonly ca: string
  /** What a job has in its environment; `getIDToken` of `@actions/core` asks there. */
  readonly env: { readonly ACTIONS_ID_TOKEN_REQUEST_URL: string; readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string }
  /** Of every token from now on. */
  claims: Record<string, string>
  /** Seconds that a token lives; GitHub's live 300. */
  lifetime: number
  /** How often a job asked for a token. */
  readonly asked: number
  token(audience: string, claims?: Readonly<Record<string, string>>): string
  stop(): Promise<void>
}

/**
 * The AuthenticationConfiguration of an API server that accepts the issuer's tokens for an audience, of the repository
 * `acme/shop` alone. Their `sub` is the user.
 */
export function trusting({ url, discoveryUrl, ca }: GithubIssuer, audience: string): object {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: { url, discoveryURL: discoveryUrl, certificateAuthority: ca, audiences: [audience] },
        claimValidationRules: [{ expression: 'claims.repository == "acme/shop"', message: 'another repository' }],
        claimMappings: { username: { claim: 'sub', prefix: 'github:' } },
      },
    ],
  }
}

const url = 'https://token.actions.githubusercontent.com'

/** Starts one, for a job of the environment `production` of `acme/shop`. */
export async function startGithubIssuer(): Promise<GithubIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }
  const { key, certificate } = makeCertificate()
  const secret = randomBytes(16).toString('hex')
  let asked = 0

  const keys = https.createServer({ key, cert: certificate }, (request, response) => {
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: url,
        jwks_uri: `${origin(keys, 'https')}/.well-known/jwks`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/.well-known/jwks': { keys: [jwk] },
    }
    const document = documents[request.url ?? '']
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}))
  })
  const tokens = http.createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${secret}`) return void response.writeHead(401).end('{}')
    asked += 1
    const audience = new URL(request.url ?? '', url).searchParams.get('audience') ?? 'https://github.com/acme'
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ count: 1, value: issuer.token(audience) }))
  })
  await Promise.all([keys, tokens].map((one) => new Promise<void>((done) => one.listen(0, '127.0.0.1', done))))

  const issuer: GithubIssuer = {
    url,
    discoveryUrl: `${origin(keys, 'https')}/.well-known/openid-configuration`,
    port: (keys.address() as AddressInfo).port,
    ca: certificate,
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin(tokens, 'http')}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret,
    },
    claims: {
      sub: 'repo:acme/shop:environment:production',
      repository: 'acme/shop',
      repository_owner: 'acme',
      environment: 'production',
      ref: 'refs/heads/main',
      event_name: 'push',
    },
    lifetime: 300,
    get asked() {
      return asked
    },
    token(audience, claims = {}) {
      const now = Math.floor(Date.now() / 1000)
      const times = { iat: now, nbf: now - 5, exp: now + issuer.lifetime }
      const body = {
        ...issuer.claims,
        ...claims,
        ...times,
        jti: randomBytes(8).toString('hex'),
        iss: url,
        aud: audience,
      }
      const text = [{ alg: 'RS256', typ: 'JWT', kid: 'test' }, body].map(encode).join('.')
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
    },
    async stop() {
      for (const one of [keys, tokens]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    },
  }
  return issuer
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function origin(server: http.Server | https.Server, scheme: string): string {
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function makeCertificate(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'belay-issuer-'))
  try {
    const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')]
    const subject = ['-subj', '/CN=issuer.test', '-addext', 'subjectAltName=IP:127.0.0.1']
    const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate]
    execFileSync('openssl', ['req', ...options, ...subject], { stdio: 'pipe' })
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
