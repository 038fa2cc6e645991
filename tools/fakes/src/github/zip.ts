import { Zip, ZipDeflate } from 'fflate'

/** The same zip for the same files, whenever it is made. */
const mtime = new Date(1980, 0, 1)

/** A zip of files by name, as GitHub stores an artifact; as a list of entries where a name is to be there twice. */
export function zipOf(
  files: Readonly<Record<string, string | Buffer>> | readonly (readonly [string, string | Buffer])[],
): Buffer {
  const chunks: Uint8Array[] = []
  // As a stream: the one call for all takes an object, which cannot hold a name twice.
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (const [name, content] of Array.isArray(files) ? files : Object.entries(files)) {
    const entry = Object.assign(new ZipDeflate(name), { mtime })
    zip.add(entry)
    entry.push(Buffer.from(content), true)
  }
  zip.end()
  return Buffer.concat(chunks)
}
