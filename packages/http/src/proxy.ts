import type https from 'node:https'
import { isIP } from 'node:net'

/**
 * The proxy that the environment names for a URL (`https_proxy`, `http_proxy`, `no_proxy`, in lower or upper case), if
 * any. `no_proxy` is a list of names, each with its subdomains, addresses or `*`, each with or without a port. Requests to
 * this machine itself never go through a proxy: they would reach another machine.
 * @throws Error where the environment names something that is not an address
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const scheme = url.protocol.slice(0, -1)
  const proxy = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`]
  if (!proxy || isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || '')) return undefined
  const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`
  // The address may hold a password, so it is not shown.
  if (!URL.canParse(text)) throw new Error(`${scheme}_proxy is not the address of a proxy, such as http://HOST:PORT`)
  return new URL(text)
}

/** Options that make Node's agent use this proxy only: Node's own rules for `no_proxy` do not cover subdomains. */
export function agentOptions(proxy: URL | undefined): https.AgentOptions {
  return proxy ? { proxyEnv: { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } } : {}
}

function isLoopback(hostname: string): boolean {
  return (
    /(^|\.)localhost$/.test(hostname) || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  )
}

function isExcepted(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const [, name = '', only] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    const suffix = name.replace(/^\*?\.?/, '')
    if (suffix === '' || (only !== undefined && only !== port)) return false
    return url.hostname === suffix || url.hostname.endsWith(`.${suffix}`)
  })
}
