import { importServerImages, serverImages } from '@belay/test-hosts'
import { composeEnv, type DockerHost, startDockerHost, writeTeamFiles } from '../docker-host.ts'
import type { DerivedUnit } from './facts.ts'
import { composeFolderOf, composeImagesIn, composeTextIn } from './images.ts'
import { runRootCommands } from './root-commands.ts'
import type { Settings } from './settings.ts'

export interface ComposeServerPlan {
  /** `server-1` */
  readonly name: string
  readonly authorizedKey: string
  /** Ports of this machine that it reaches. */
  readonly reaches: readonly number[]
  /** The services that it runs. */
  readonly runs: readonly DerivedUnit[]
  readonly files: Readonly<Record<string, string>>
  readonly settings: Settings
}

/** A server on which Docker Compose runs services, prepared as the script of `preflight` does. */
export function startComposeServer({
  name,
  authorizedKey,
  reaches,
  runs,
  files,
  settings,
}: ComposeServerPlan): Promise<DockerHost> {
  const projects = [...new Set(runs.flatMap((unit) => composeFolderOf(unit) ?? []))]
  const folders = [...new Set([...runs.map(({ path }) => path), ...projects])]
  return startDockerHost({ name, authorizedKey, reaches, folders }, async (server) => {
    const texts = projects.map((folder) => composeTextIn(folder, files) ?? '')
    const named = texts.flatMap((text) => composeImagesIn(text).named)
    if (named.some((image) => serverImages.includes(image))) await importServerImages(server.docker)
    await writeTeamFiles(server, projects, files, settings)
    for (const folder of projects) await server.asRoot('sh', '-c', addEnvFile, `${folder}/.env`)
    await runRootCommands(
      { host: server.host, has: 'has the programs of this machine', env: composeEnv },
      settings.hosts,
    )
  })
}

const addEnvFile = '[ -e "$0" ] || install -o deploy -g deploy -m 0640 /dev/null "$0"'

/** The containers that no release changes: those with an image of another registry. By service the container. */
export async function otherContainers({ docker }: DockerHost, registry: string): Promise<Record<string, string>> {
  return othersIn(await docker('ps', '--format', '{{.Image}} {{.ID}} {{.Names}}'), registry)
}

/** Of lines with image, id and name. Pure. */
export function othersIn(listed: string, registry: string): Record<string, string> {
  const all = listed.split('\n').map((line) => line.split(' '))
  return Object.fromEntries(
    all.flatMap(([image = '', id = '', name = '']) => (name && !image.startsWith(`${registry}/`) ? [[name, id]] : [])),
  )
}
