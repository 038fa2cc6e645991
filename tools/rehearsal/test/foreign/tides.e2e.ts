import { expect, test } from 'vitest'
import { whyMissing } from '../../../../scripts/machine/missing.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { whyNoDockerServers } from '../../src/docker-server.ts'
import { makeRepository } from '../repository/my-service.ts'
import { run, times } from '../support/program.ts'
import { keepingCompiled } from './go-cache.ts'
import { tides, variablesOfTides } from './tides.ts'

describeIf(whyNoDockerServers() ?? whyMissing('go'))('a service in Go in a container, by Docker Compose', () => {
  // On this machine, whose programs the server has, its root changes nothing.
  const settings = `${tides['rehearsal.yml']}  run: ['! touch /opt/of-a-server']\n`
  const rehearse = (...args: string[]) => {
    const files = keepingCompiled({ ...tides, 'rehearsal.yml': settings })
    const { root, vars } = makeRepository('tides', files, variablesOfTides)
    return run('cli.ts', ['--repository', root, '--vars', vars, ...args])
  }

  test('is built, pushed, pulled and released', async () => {
    const { status, output, left } = await rehearse()
    expect(output).toContain('Server    tides.example.org is ')
    expect(output).toMatch(/Registry {2}a real one with a password, 127\.0\.0\.1:\d+, in place of ghcr\.io/)
    expect(output).toContain('http://tides.example.org:8080/health reports v0.0.2')
    expect(times(output, '✓ as promised')).toBe(2)
    expect([status, left]).toEqual([0, []])
  })

  test('a kill in the middle of the restart: the image before runs again', async () => {
    const { status, output, left } = await rehearse('--kill', 'release/release/deploy-ssh')
    expect(output).toContain('killed in the change | undo: the job failed')
    expect(output).toMatch(/✓ qa\.yml: v0\.0\.2 was killed in the middle of the restart; v0\.0\.1 serve/)
    expect([status, left]).toEqual([0, []])
  })
})
