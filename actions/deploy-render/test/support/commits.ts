import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A fake of GitHub's API for commits: the relation of two commits, and their whole trees. */
export interface LocalCommits {
  /** The value for `GITHUB_API_URL`. */
  readonly url: string
  stop(): Promise<void>
}

/** A line of commits, oldest first; `files` are paths with their content. */
export interface LineOfCommits {
  readonly sha: string
  readonly files: Readonly<Record<string, string>>
}

/** Starts a GitHub that answers for one repository with one line of commits. */
export async function startCommits(line: readonly LineOfCommits[]): Promise<LocalCommits> {
  const indexOf = (sha: string) => line.findIndex((commit) => commit.sha === sha)
  const server = http.createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''))
    const [, base = '', head = ''] = /\/compare\/([0-9a-f]+)\.\.\.([0-9a-f]+)$/.exec(path) ?? []
    if (base !== '') {
      if (indexOf(base) < 0 || indexOf(head) < 0) return answer(404, { message: 'Not Found' })
      const ahead = indexOf(head) - indexOf(base)
      const status = ahead === 0 ? 'identical' : ahead > 0 ? 'ahead' : 'behind'
      return answer(200, {
        status,
        ahead_by: Math.max(0, ahead),
        behind_by: Math.max(0, -ahead),
        commits: [],
        files: [],
      })
    }
    const commit = line[indexOf(/\/git\/trees\/([0-9a-f]+)$/.exec(path)?.[1] ?? '')]
    if (!commit) return answer(404, { message: 'Not Found' })
    const tree = Object.entries(commit.files).map(([file, text]) => ({
      path: file,
      mode: '100644',
      type: 'blob',
      sha: Buffer.from(text).toString('hex').padEnd(40, '0').slice(0, 40),
    }))
    return answer(200, { sha: commit.sha, tree, truncated: false })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
