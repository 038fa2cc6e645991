import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { chartFolder, pendingUpgrade } from './chart-scenarios.ts'
import type { Fixture } from './fixture.ts'
import { recordWith } from './helm-record.ts'

/** Somebody's upgrade by Helm whose pods crash: it is killed once it has changed the objects. */
export async function killHelm(fixture: Fixture): Promise<void> {
  const { cluster, folder, namespace, images, kubectl } = fixture
  const values = [`image=${images.v2}`, 'mode=loud', 'env.CRASH=1', 'claim=true']
  const argv = ['upgrade', 'api', chartFolder, `--namespace=${namespace}`, '--wait', '--timeout=5m']
  const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') }
  const helm = spawn(join(cluster.programs, 'helm'), [...argv, ...values.map((value) => `--set=${value}`)], {
    env,
    stdio: 'ignore',
  })
  const exit = once(helm, 'exit')
  try {
    const image = () => kubectl('get', 'deployment/api', '--output=jsonpath={.spec.template.spec.containers[0].image}')
    await vi.waitFor(async () => expect(await image()).toBe(images.v2), { timeout: 60_000, interval: 300 })
  } finally {
    helm.kill('SIGKILL')
    await exit
  }
  expect(await pendingUpgrade(fixture)).toBe('secret/sh.helm.release.v1.api.v2\n')
}

/** The killed Helm began that many minutes ago. */
export async function ageOfPending({ cluster, namespace }: Fixture, minutes: number): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/secrets/sh.helm.release.v1.api.v2`
  const { json } = await cluster.mustAsk('GET', path)
  const at = new Date(Date.now() - minutes * 60_000).toISOString()
  const body = recordWith(json, (release) => ({ ...release, info: { ...release.info, last_deployed: at } }))
  await cluster.mustAsk('DELETE', path)
  await cluster.mustAsk('POST', path.slice(0, path.lastIndexOf('/')), { body })
}
