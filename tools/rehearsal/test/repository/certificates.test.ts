import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  certificateFilesIn,
  certifiedNames,
  makeCertificates,
  withCertificates,
} from '../../src/repository/certificates.ts'

const site = `server {
  listen 443 ssl http2;
  ssl_certificate /etc/letsencrypt/live/api.example.com/fullchain.pem; # by certbot
  ssl_certificate_key /etc/letsencrypt/live/api.example.com/privkey.pem;
  # ssl_certificate /etc/old.pem;
  include /etc/letsencrypt/options-ssl-nginx.conf;
  ssl_dhparam /etc/letsencrypt/ssl-dhparams.pem;
  ssl_trusted_certificate /etc/letsencrypt/live/api.example.com/chain.pem;
}
`
const haproxy = `frontend web
  bind :80
  bind :443 ssl crt /etc/haproxy/certs/ alpn h2,http/1.1
  bind :8443 ssl crt /etc/ssl/one.pem
  # bind :444 ssl crt /etc/no.pem
`

test('the files of certificates that nginx and HAProxy name', () => {
  const files = certificateFilesIn({
    '/etc/nginx/sites-enabled/api': site,
    '/etc/nginx/conf.d/same.conf': site,
    '/etc/haproxy/haproxy.cfg': haproxy,
    '/etc/motd': 'ssl_certificate /etc/other.pem;',
  })
  const live = '/etc/letsencrypt/live/api.example.com'
  expect(files).toEqual([
    { path: `${live}/fullchain.pem`, holds: 'certificate' },
    { path: `${live}/privkey.pem`, holds: 'key' },
    { path: `${live}/chain.pem`, holds: 'authority' },
    { path: '/etc/letsencrypt/ssl-dhparams.pem', holds: 'parameters' },
    { path: '/etc/letsencrypt/options-ssl-nginx.conf', holds: 'options' },
    { path: '/etc/haproxy/certs/rehearsal.pem', holds: 'both' },
    { path: '/etc/ssl/one.pem', holds: 'both' },
  ])
})

test('a file that the repository gives stays as it is', () => {
  const own = { '/etc/nginx/conf.d/a': site, '/etc/letsencrypt/live/api.example.com/privkey.pem': 'own' }
  expect(withCertificates(own, { certificate: 'c', key: 'k', authority: 'a', parameters: 'p' })).toEqual({
    ...own,
    '/etc/letsencrypt/options-ssl-nginx.conf': expect.stringContaining('#'),
    '/etc/letsencrypt/ssl-dhparams.pem': 'p',
    '/etc/letsencrypt/live/api.example.com/fullchain.pem': 'c',
    '/etc/letsencrypt/live/api.example.com/chain.pem': 'a',
  })
})

test('a certificate for the names in URLs and of servers, which its authority has signed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bv-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const host = { user: 'deploy', address: 'vps1.example.com', port: 22 }
  const urls = ['https://api.example.com/health', 'https://198.51.100.7:8443/', 'https://[2001:db8::1]/']
  const names = certifiedNames([{ urls, hosts: [host], proxies: [] }])
  const { certificate, authorityFile } = makeCertificates(folder, names)
  const file = join(folder, 'one.pem')
  writeFileSync(file, certificate)
  const verify = (...args: string[]) =>
    execFileSync('openssl', ['verify', '-CAfile', authorityFile, ...args, file], { encoding: 'utf8', stdio: 'pipe' })
  for (const name of ['api.example.com', 'vps1.example.com'])
    expect(verify('-verify_hostname', name)).toBe(`${file}: OK\n`)
  for (const address of ['198.51.100.7', '2001:db8::1']) expect(verify('-verify_ip', address)).toBe(`${file}: OK\n`)
  expect(() => verify('-verify_hostname', 'other.example.com')).toThrow('mismatch')
})
