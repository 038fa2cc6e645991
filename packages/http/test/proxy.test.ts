import { describe, expect, test } from 'vitest'
import { proxyFor } from '../src/proxy.ts'

const https_proxy = 'http://proxy.corp:3128'

test.each<[string, Record<string, string>, string | undefined]>([
  ['https://api.example.com/', {}, undefined],
  ['https://api.example.com/', { https_proxy }, 'proxy.corp:3128'],
  ['https://api.example.com/', { HTTPS_PROXY: https_proxy }, 'proxy.corp:3128'],
  ['https://api.example.com/', { https_proxy: 'proxy.corp:3128' }, 'proxy.corp:3128'],
  ['https://api.example.com/', { http_proxy: https_proxy }, undefined],
  ['http://api.example.com/', { HTTP_PROXY: https_proxy }, 'proxy.corp:3128'],
  ['https://api.example.com/', { https_proxy, no_proxy: '*' }, undefined],
  ['https://api.example.com/', { https_proxy, no_proxy: 'example.com' }, undefined],
  ['https://api.example.com/', { https_proxy, NO_PROXY: 'x.org, .example.com' }, undefined],
  ['https://api.example.com/', { https_proxy, no_proxy: '*.example.com' }, undefined],
  ['https://api.example.com/', { https_proxy, no_proxy: 'example.com:443' }, undefined],
  ['https://api.example.com/', { https_proxy, no_proxy: 'example.com:8443' }, 'proxy.corp:3128'],
  ['https://api.example.com/', { https_proxy, no_proxy: 'ample.com' }, 'proxy.corp:3128'],
  ['https://10.0.0.7/', { https_proxy, no_proxy: '10.0.0.7' }, undefined],
  ['https://localhost:8443/', { https_proxy }, undefined],
  ['https://127.0.0.2:8443/', { https_proxy }, undefined],
  ['https://[::1]/', { https_proxy }, undefined],
  ['https://127.example.com/', { https_proxy }, 'proxy.corp:3128'],
])('%s with %j', (url, env, host) => {
  expect(proxyFor(new URL(url), env)?.host).toBe(host)
})

describe('an address that cannot be read', () => {
  const ask = () => proxyFor(new URL('https://api.example.com/'), { https_proxy: 'http://user:hunter2@a b' })

  test('is an error that names the variable', () => {
    expect(ask).toThrow(/^https_proxy is not the address of a proxy/)
  })

  test('is an error that shows no password', () => {
    expect(ask).not.toThrow(/hunter2/)
  })
})
