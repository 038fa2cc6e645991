import { assess, parseStatusSet, parseVersionSource } from '@belay/probe'
import type { IsolatedNetwork } from './isolated-network.ts'

/** What a URL reports. */
export interface Answer {
  readonly url: string
  /** `answered 200`, `no answer` */
  readonly text: string
  readonly version: string | undefined
}

/** `releases/20261129T101500Z-4f0c1d7e92b3-17-1-a1b2c3d4` */
export function commitIn(release: string): string {
  return /-([0-9a-f]{12})-\d+-\d+-/.exec(release)?.[1] ?? release
}

export async function ask(url: string, versionFrom: string, network: IsolatedNetwork): Promise<Answer> {
  const options = ['--silent', '--include', '--max-time', '10', '--cacert', network.authority]
  const { status, stdout } = await network.run(['curl', ...options, url])
  if (status !== 0) return { url, text: `no answer (curl ${status})`, version: undefined }
  return { url, ...versionIn(stdout, versionFrom) }
}

/** What an answer with its headers reports. */
export function versionIn(answer: string, versionFrom: string): Omit<Answer, 'url'> {
  const [head = '', ...rest] = answer.split(/\r?\n\r?\n/)
  const [first = '', ...lines] = head.split(/\r?\n/)
  const code = Number(first.split(' ')[1])
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  )
  const source = parseVersionSource(versionFrom)
  const { set: statuses } = parseStatusSet('200-299')
  if (!source) return { text: `answered ${code}`, version: undefined }
  const response = { status: code, headers, body: Buffer.from(rest.join('\n\n')), truncated: false }
  const { message, version } = assess(response, { statuses, version: undefined, versionFrom: source })
  return { text: message, version }
}
