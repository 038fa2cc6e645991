import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { DerivedUnit } from './facts.ts'

/** A file that a server's proxy reads a certificate from. */
export interface CertificateFile {
  readonly path: string
  readonly holds: 'certificate' | 'key' | 'both' | 'authority' | 'parameters' | 'options'
}

/** What a throwaway authority signed for the names of a rehearsal: texts in PEM, and a file with the authority's own. */
export interface Certificates {
  readonly certificate: string
  readonly key: string
  readonly authority: string
  /** Those of Diffie and Hellman, which are the same everywhere. */
  readonly parameters: string
  /** A file with the authority alone, which every user may read. */
  readonly authorityFile: string
}

/** What stands in texts of `rehearsal.yml` for them, where a service has its certificate in a file of its own. */
export function certificateWords({ certificate, key }: Certificates): Record<string, string> {
  return { certificate, 'certificate-key': key }
}

/** nginx's and HAProxy's lines that name files of a certificate. */
const lines: readonly (readonly [RegExp, CertificateFile['holds']])[] = [
  [/^\s*ssl_certificate\s+([^\s;$]+)\s*;/gm, 'certificate'],
  [/^\s*ssl_certificate_key\s+([^\s;$]+)\s*;/gm, 'key'],
  [/^\s*ssl_trusted_certificate\s+([^\s;$]+)\s*;/gm, 'authority'],
  [/^\s*ssl_dhparam\s+([^\s;$]+)\s*;/gm, 'parameters'],
  // Certbot writes it beside the certificates: ciphers and versions.
  [/^\s*include\s+(\/etc\/letsencrypt\/options-ssl-nginx\.conf)\s*;/gm, 'options'],
  [/^\s*bind\s[^#\n]*\scrt\s+([^\s#]+)/gm, 'both'],
]

/** The files of certificates that the configurations of a server name, by the paths that they have there. Pure. */
export function certificateFilesIn(texts: Readonly<Record<string, string>>): CertificateFile[] {
  const configurations = Object.entries(texts).filter(([path]) => /^\/etc\/(?:nginx|haproxy)\//.test(path))
  const all = configurations.flatMap(([, text]) =>
    lines.flatMap(([line, holds]) => [...text.matchAll(line)].map(([, path = '']) => ({ path: fileAt(path), holds }))),
  )
  return [...new Map(all.map((file) => [file.path, file])).values()].filter(({ path }) => path.startsWith('/'))
}

/** HAProxy may name a folder. */
function fileAt(path: string): string {
  return path.endsWith('/') ? `${path}rehearsal.pem` : path
}

/** The files of a server, and those of certificates that its configurations name and that it does not have. Pure. */
export function withCertificates(
  texts: Readonly<Record<string, string>>,
  { certificate, key, authority, parameters }: Omit<Certificates, 'authorityFile'>,
): Record<string, string> {
  const options = '# The defaults of nginx hold.\n'
  const held = { certificate, key, both: certificate + key, authority, parameters, options }
  const found = certificateFilesIn(texts).map(({ path, holds }) => [path, held[holds]] as const)
  return { ...Object.fromEntries(found), ...texts }
}

/** Makes an authority, which ends with the folder, and a certificate for all names. */
export function makeCertificates(folder: string, names: readonly string[]): Certificates {
  const place = mkdtempSync(join(folder, 'tls-'))
  const at = (name: string) => join(place, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const alternatives = names.map((name) => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',')
  openssl(
    ...['req', '-x509', '-days', '2', '-subj', '/CN=Throwaway authority of a rehearsal', ...newKey],
    ...['-keyout', at('authority.key'), '-out', at('authority.pem')],
  )
  openssl(
    ...['req', '-x509', '-days', '2', '-subj', '/CN=rehearsal', ...newKey],
    ...['-CA', at('authority.pem'), '-CAkey', at('authority.key'), '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', `subjectAltName=${alternatives}`, '-keyout', at('server.key'), '-out', at('server.pem')],
  )
  const read = (name: string) => readFileSync(at(name), 'utf8')
  const [authority, authorityFile] = [read('authority.pem'), join(folder, 'authority.pem')]
  writeFileSync(authorityFile, authority, { mode: 0o644 })
  const parameters = openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048').toString()
  return { certificate: read('server.pem'), key: read('server.key'), authority, parameters, authorityFile }
}

/** Where systems keep the authorities that curl, Python, Go and others trust. */
const stores = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']

/** The authorities that a network trusts: those of this machine and the throwaway one. */
export interface Trusted {
  /** A file with all of them. */
  readonly all: string
  /** The files of this machine that it covers. */
  readonly covers: readonly string[]
  /** A file with the throwaway one. */
  readonly authority: string
}

export function trustedWith(folder: string, { authority, authorityFile }: Certificates): Trusted {
  const covers = stores.filter((path) => existsSync(path))
  const all = join(folder, 'authorities.pem')
  writeFileSync(all, `${covers[0] ? readFileSync(covers[0], 'utf8') : ''}${authority}`, { mode: 0o644 })
  return { all, covers, authority: authorityFile }
}

/** The names in the URLs of services, and those of their servers. Pure. */
export function certifiedNames(units: readonly Pick<DerivedUnit, 'urls' | 'hosts' | 'proxies'>[]): string[] {
  const names = units.flatMap(({ urls, hosts, proxies }) => [
    ...urls.map((url) => new URL(url).hostname.replace(/^\[|\]$/g, '')),
    ...[...hosts, ...proxies].map(({ address }) => address),
  ])
  return [...new Set(names)]
}
