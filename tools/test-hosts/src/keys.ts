import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A new key pair from ssh-keygen, as text; its files stay in `dir` as `id` and `id.pub`, so one pair a folder. */
export async function makeKey(dir: string, options: { passphrase?: string; type?: 'ed25519' | 'ecdsa' | 'rsa' } = {}) {
  const file = join(dir, 'id')
  const { passphrase = '', type = 'ed25519' } = options
  await promisify(execFile)('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'belay-test', '-f', file])
  const [privateKey, publicKey] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.pub`, 'utf8')])
  return { privateKey, publicKey: publicKey.trim() }
}
