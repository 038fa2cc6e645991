import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Both as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/**
 * An unknown authority, and a certificate by it for each name or address, made by openssl. Nothing is
 * left on the disk.
 */
export function makeAuthority<const Name extends string>(...names: Name[]) {
  const folder = mkdtempSync(join(tmpdir(), 'belay-ca-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const sign = (name: string): Certificate => {
    openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=${name}`)
    writeFileSync(join(folder, 'names'), `subjectAltName=${isIP(name) ? 'IP' : 'DNS'}:${name}\n`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
    openssl('x509', '-req', '-in', 'request.pem', ...by, '-days', '2', '-out', 'cert.pem')
    return { key: read('key.pem'), cert: read('cert.pem') }
  }
  try {
    openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Belay test')
    const certificates = Object.fromEntries(names.map((name) => [name, sign(name)])) as Record<Name, Certificate>
    return { ca: read('ca.pem'), certificates }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
