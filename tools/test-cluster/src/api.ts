import { request } from 'node:https'

/** How to reach an API server. */
export interface ApiAccess {
  /** `https://ADDRESS:6443`. */
  readonly server: string
  /** The certificate that it must be signed by. */
  readonly ca: string
  readonly token: string
}

export interface ApiOptions {
  readonly body?: unknown
  /** Default `application/json`. */
  readonly contentType?: string
  /** Another one than the administrator's. */
  readonly token?: string
}

export interface ApiAnswer {
  readonly status: number
  readonly text: string
  /** The answer's object; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
  readonly json: any
}

/** Asks the API server once. Throws only where no answer came. */
export function askApi(
  { server, ca, token }: ApiAccess,
  method: string,
  path: string,
  options: ApiOptions = {},
): Promise<ApiAnswer> {
  const { body, contentType = 'application/json' } = options
  const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const headers: Record<string, string> = { authorization: `Bearer ${options.token ?? token}`, connection: 'close' }
  if (content !== undefined) headers['content-type'] = contentType
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(30_000)
    const sent = request(`${server}${path}`, { method, ca, headers, agent: false, signal }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text, json: parsed(text) }))
    })
    sent.once('error', reject)
    sent.end(content)
  })
}

/** The same, but an answer that is no success throws with its text. */
export async function mustAsk(...args: Parameters<typeof askApi>): Promise<ApiAnswer> {
  const answer = await askApi(...args)
  if (answer.status < 300) return answer
  throw new Error(`${args[1]} ${args[2]}: status ${answer.status}: ${answer.json?.message ?? answer.text}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
