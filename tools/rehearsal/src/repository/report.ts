import { tagOf } from '../version.ts'
import type { DerivedUnit, HostName } from './facts.ts'
import type { Lab } from './lab.ts'
import type { Versions } from './versions.ts'

/** What is rehearsed, on what, and what is not. */
export function openingLines(
  { servers, secrets, images }: Lab,
  versions: Versions,
  units: readonly DerivedUnit[],
): string[] {
  const changed = versions.changed > 0 ? ` and ${versions.changed} changed files` : ''
  const names = Object.keys(secrets).filter((name) => name !== 'GITHUB_TOKEN')
  const madeUp = names.filter((name) => secrets[name] !== '')
  const empty = names.filter((name) => secrets[name] === '')
  const urls = units.flatMap((unit) => unit.urls.map((url) => new URL(url)))
  const secure = [...new Set(urls.filter(({ protocol }) => protocol === 'https:').map(({ hostname }) => hostname))]
  return [
    ...(versions.base
      ? [
          `Code      ${versions.base.slice(0, 7)}${changed}, as ${tagOf(versions.first)} and, without a change, as ${tagOf(versions.second)}`,
        ]
      : []),
    ...units.map(
      ({ workflow, environment, service, restart, hosts, proxies }) =>
        `Release   ${workflow}: ${service} to ${environment}, ${restart}, on ${namesOf(hosts)}${proxies.length > 0 ? `, behind ${namesOf(proxies)}` : ''}`,
    ),
    ...servers.map(
      ({ name, host, docker }) =>
        `Server    ${name} is ${host.address} here, ${docker ? 'with sshd and a Docker of its own' : 'a container with systemd and sshd'}`,
    ),
    ...(images
      ? [`Registry  a real one with a password, ${images.registry.address}, in place of ${images.replaced.join(', ')}`]
      : []),
    ...(secure.length > 0
      ? [`TLS       A throwaway authority certifies ${secure.join(', ')}. Only the network of a release trusts it.`]
      : []),
    'Network   A release reaches these servers and nothing else. Builds have the network of this machine.',
    ...(madeUp.length > 0 ? [`Secrets   ${madeUp.join(', ')}: made up`] : []),
    ...(empty.length > 0
      ? [`Secrets   ${empty.join(', ')}: not set, as there is no folder migrations or db/migrations`]
      : []),
    "Fakes     The workflow runner replaces GitHub's runner, checkout, artifacts, caches and setup actions;",
    '          local servers replace Slack and GitHub.',
    'Not here  approvals, concurrency, rules of the organisation, DNS, firewalls, your data, and a change of code.',
  ]
}

function namesOf(hosts: readonly HostName[]): string {
  return hosts.map(({ address }) => address).join(', ')
}
