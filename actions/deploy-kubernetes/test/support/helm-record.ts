import { gunzipSync, gzipSync } from 'node:zlib'

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
type State = Record<string, any>

/** Helm's record of a revision with something else in it, and under the same name. */
export function recordWith({ data, metadata, type }: State, change: (release: State) => State): State {
  const packed = Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64')
  const changed = change(JSON.parse(gunzipSync(packed).toString()))
  const text = gzipSync(JSON.stringify(changed)).toString('base64')
  const { name, labels } = metadata
  return { type, metadata: { name, labels }, data: { release: Buffer.from(text).toString('base64') } }
}
