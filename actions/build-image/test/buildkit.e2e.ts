import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuilderOptions, canStartBuilder, canStartRegistry } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { setUpBuilds } from './support/build-fixture.ts'

const beside: BuilderOptions = { docker: 'forky', buildkit: { insecure: [] } }
describeIf(canStartRegistry() ?? canStartBuilder(beside))('a BuildKit beside the daemon', () => {
  const at = setUpBuilds(beside)

  test('two builds of a commit on a clean builder give the same image, also from a fresh checkout', async (context) => {
    const file = 'FROM scratch\nCOPY rootfs/ /\nRUN busybox date > /built; busybox rm /built; busybox touch /made\n'
    at.repository.commit({ Dockerfile: file })
    const built = async () => {
      const env = { GITHUB_WORKSPACE: at.repository.clone() }
      const { outputs, log, exit } = await at.job(context, env).main({ image: at.image(), provenance: 'max' })
      expect(exit, log).toBe(0)
      await at.builder.prune()
      return { platforms: outputs.platforms, digest: outputs.digest }
    }
    const [one, two] = [await built(), await built()]
    expect(one.platforms).toBe(two.platforms)
    expect(one.platforms).toContain('sha256:')
  })

  test('the image has the SBOM of the user’s scanner, with a login too', async (context) => {
    const [scanner, image] = [at.image(), at.image()]
    const folder = at.repository.clone()
    const script =
      'echo \'{"predicateType":"https://spdx.dev/Document","predicate":{}}\' > "$BUILDKIT_SCAN_DESTINATION/a.spdx.json"\n'
    writeFileSync(join(folder, 'scan'), script)
    writeFileSync(
      join(folder, 'Dockerfile.scanner'),
      'FROM scratch\nCOPY rootfs/ /\nCOPY scan /\nENTRYPOINT ["/bin/sh", "/scan"]\n',
    )
    const job = at.job(context, { GITHUB_WORKSPACE: folder })
    const made = await job.main({ image: scanner, file: 'Dockerfile.scanner', provenance: 'false' })
    expect(made.exit, made.log).toBe(0)
    const given = { image, password: 'nobody-asks', username: 'ada', provenance: 'false' }
    const { exit, log, summary } = await job.main({ ...given, sbom: `generator=${made.outputs.ref}` })
    expect(exit, log).toBe(0)
    expect(summary).toContain('Provenance or SBOM: yes')
    expect(log).not.toContain('Docker daemon')
  })

  test('findings of BuildKit in a Dockerfile become annotations at their lines', async (context) => {
    const folder = at.repository.clone()
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch as base\nCOPY app.txt /\nMAINTAINER me\n')
    const { log, summary, exit } = await at.job(context, { GITHUB_WORKSPACE: folder }).main({ image: at.image() })
    expect(exit, log).toBe(0)
    expect(log).toMatch(/^::warning title=Dockerfile,file=Dockerfile,line=3::MaintainerDeprecated: .*https:\/\//m)
    expect(summary).toContain('`Dockerfile:1` [FromAsCasing](https://')
  })

  test('a cache kept in a registry is used by the next clean builder', async (context) => {
    const image = at.image()
    const cache = {
      'cache-from': `type=registry,ref=${image}:cache`,
      'cache-to': `type=registry,ref=${image}:cache,mode=max`,
    }
    expect((await at.job(context).main({ image, ...cache })).exit).toBe(0)
    await at.builder.prune()
    const { log, exit } = await at.job(context).main({ image, ...cache, 'if-exists': 'overwrite' })
    expect(exit, log).toBe(0)
    expect(log).toMatch(/^#\d+ CACHED/m)
  })
})
