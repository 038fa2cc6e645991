import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { canStartBuilder, canStartRegistry, startBuilder, startRegistry } from '@belay/test-hosts'
import { openBuildJob } from '../../actions/build-image/test/support/job.ts'
import { makeRepository } from '../../actions/build-image/test/support/repository.ts'
import { timeCommand } from './command.ts'
import { measureInTurn } from './series.ts'
import { type Row, ratioRow } from './table.ts'
import { writeTree } from './tree.ts'

const options = { docker: 'trixie' } as const

/** Dependencies that stay, the one file that each commit changes, and then what a build does with both: some seconds. */
const dockerfile = `FROM scratch
COPY rootfs/ /
COPY modules/ /app/modules/
COPY app.txt /app/
RUN --network=none busybox cat /app/app.txt /app/modules/part-*/* | busybox gzip -9 > /app/bundle.gz
`

/** Why no image can be built here; undefined where one can. */
export function canBuildImages(): string | undefined {
  return canStartRegistry() ?? canStartBuilder(options)
}

/**
 * Rebuilds an image of 2,000 files and 52 MB of which one file has changed, bundles them anew, and pushes it:
 * build-image, and the bare engine's own command. What build-image adds does not grow with the build.
 */
export async function measureImage(count: number, limit: number): Promise<Row[]> {
  const registry = await startRegistry()
  const builder = await startBuilder(options)
  const repository = makeRepository({ Dockerfile: dockerfile, 'app.txt': '0\n' })
  try {
    const modules = join(repository.folder, 'modules')
    mkdirSync(modules)
    writeTree(modules)
    const image = `${registry.address}/acme/api`
    let round = 0
    const commit = () => repository.commit({ 'app.txt': `${++round}\n` })
    const env = { ...process.env, ...builder.env } as Record<string, string>
    const subject = async () => {
      const job = openBuildJob({ ...env, ...runnerEnv(repository.folder, commit()) })
      try {
        const began = performance.now()
        const { exit, log } = await job.main({ image })
        if (exit !== 0) throw new Error(`build-image ended with ${exit}\n${log}`)
        return performance.now() - began
      } finally {
        job.close()
      }
    }
    const baseline = () => {
      const revision = `org.opencontainers.image.revision=${commit()}`
      const args = ['--push', '--tag', `${image}:bare-${round}`, '--label', revision, repository.folder]
      return timeCommand('docker', ['buildx', 'build', '--progress=plain', ...args], { env })
    }
    return [
      ratioRow(
        'rebuild of an image, dependencies cached',
        await measureInTurn({ count, warmups: 1 }, subject, baseline),
        limit,
      ),
    ]
  } finally {
    await builder.stop()
    await registry.stop()
    repository.remove()
  }
}

function runnerEnv(folder: string, sha: string): Record<string, string> {
  return {
    GITHUB_WORKSPACE: folder,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: 'acme/api',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: 'main',
  }
}
