/**
 * What needs no ssh-keygen to be read: a whole ed25519 key in OpenSSH's own format without a passphrase, and known-hosts of
 * plain lines. True is always what ssh-keygen says, too; false only means that it has to be asked.
 */

const keyForm = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/\n]+={0,2}\n)-----END OPENSSH PRIVATE KEY-----\n$/

/** Whether a text is such a key (OpenSSH, PROTOCOL.key). */
export function isPlainKey(text: string): boolean {
  const bytes = fromBase64(keyForm.exec(text)?.[1]?.replaceAll('\n', '') ?? '')
  if (bytes === undefined) return false
  try {
    const outer = new Reader(bytes)
    outer.expect('openssh-key-v1\0')
    for (const word of ['none', 'none', '']) outer.expectText(word)
    if (outer.number() !== 1) return false
    const publicKey = new Reader(outer.text())
    const secret = outer.text()
    if (!outer.isAtEnd || secret.length % 8 !== 0) return false
    const inner = new Reader(secret)
    const checks = [inner.number(), inner.number()]
    if (checks[0] !== checks[1]) return false
    publicKey.expectText('ssh-ed25519')
    inner.expectText('ssh-ed25519')
    const point = publicKey.text()
    const isWhole = point.equals(inner.text()) && point.length === 32 && inner.text().length === 64
    inner.text() // The comment.
    return isWhole && publicKey.isAtEnd && inner.rest().every((byte, index) => byte === index + 1)
  } catch {
    return false
  }
}

const keyTypes = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521))$/

/** Whether known-hosts has a line for `name`, and no line with a hash, a pattern or a mark that could mean another thing. */
export function isPlainlyPinned(knownHosts: string, name: string): boolean {
  const lines = knownHosts
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/[ \t]+/))
  return lines.every(isPlainLine) && lines.some(([names = '']) => names.split(',').includes(name))
}

function isPlainLine([names = '', type = '', key = '']: readonly string[]): boolean {
  if (!/^[a-z0-9.:,_%[\]-]+$/.test(names) || !keyTypes.test(type)) return false
  const bytes = fromBase64(key)
  try {
    if (bytes === undefined) return false
    new Reader(bytes).expectText(type)
    return true
  } catch {
    return false
  }
}

/** Node skips what is no Base64; what does not come out again as it went in is none. */
function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}

/** Reads numbers of 32 bits and texts with their length before them. @throws Error where the bytes end before. */
class Reader {
  private at = 0
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length
  }

  number(): number {
    const value = this.bytes.readUInt32BE(this.at)
    this.at += 4
    return value
  }

  text(): Buffer {
    return this.take(this.number())
  }

  rest(): Buffer {
    return this.take(this.bytes.length - this.at)
  }

  expect(word: string): void {
    if (this.take(word.length).toString('latin1') !== word) throw new RangeError(`not ${word}`)
  }

  expectText(word: string): void {
    if (this.number() !== word.length) throw new RangeError(`not ${word}`)
    this.expect(word)
  }

  private take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('too short')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}
