import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverImages } from '@belay/test-hosts'
import type { DerivedUnit } from './facts.ts'
import { haproxyFile } from './haproxy.ts'
import {
  basesIn,
  buildsIn,
  composeFolderOf,
  composeImagesIn,
  composeTextIn,
  dockerfileOf,
  imageSource,
  isCompose,
  isNodeImage,
  isPromotion,
} from './images.ts'
import { hasSite } from './proxy.ts'
import { type Known, refusal } from './refusal.ts'
import { settingsFile } from './settings.ts'
import { serverFiles } from './unit-files.ts'
import { isChanging, type ReleaseWorkflow } from './workflows.ts'

/** The example that has what a repository of one's own has not. */
const example = 'rehearse the example, which has it: npm run rehearse -- --example compose'

/** Why a service that Docker Compose runs cannot be rehearsed. */
export function composeRefusals(unit: DerivedUnit, known: Known): string[] {
  return [...serverRefusals(unit, known), ...fileRefusals(unit, known)]
}

/** Its server is this machine in namespaces, with a Docker: not a Debian of its own. */
function serverRefusals(unit: DerivedUnit, { units, settings, migrates }: Known): string[] {
  const { workflow, service, hosts, inputs } = unit
  const where = `${workflow}, ${service}`
  const { files, packages } = settings.hosts
  const others = units.filter((other) => !isCompose(other) && other.hosts.some((host) => isOn(unit, host.address)))
  const login = hosts.find(({ user, port }) => user !== 'deploy' || port !== 22)
  const paths = [composeFolderOf(unit) ?? '', unit.path, ...Object.keys(files)]
  const closed = paths.filter((path) => !writable.some((folder) => path.startsWith(`${folder}/`)))
  return [
    ...others.map((other) =>
      refusal(
        `${where}: ${other.service} is on the same server without Docker Compose. A server has either Docker or systemd here.`,
        'choose a workflow with one of them: --workflow.',
      ),
    ),
    ...(login?.user && login.address
      ? [
          refusal(
            `${where}: a server with Docker lets in only deploy, on port 22, not ${login.user} on port ${login.port}.`,
            `give it in --vars for the rehearsal: BELAY_HOSTS as deploy@${login.address}.`,
          ),
        ]
      : []),
    ...(closed.length > 0
      ? [
          refusal(
            `${where}: on a server with Docker only ${writable.join(', ')} can be written to, not ${closed.join(', ')}.`,
            `choose a folder below /srv, for the rehearsal in --vars: BELAY_RESTART as compose:/srv/${service}/compose.`,
          ),
        ]
      : []),
    ...(packages.length > 0
      ? [
          refusal(
            `${where}: a server with Docker has the programs of this machine, and cannot get ${packages.join(', ')}.`,
            `leave hosts.packages out of ${settingsFile}, and let a container have them.`,
          ),
        ]
      : []),
    ...(hasSite(files) || haproxyFile in files
      ? [
          refusal(
            `${where}: a proxy on a server with Docker is not there.`,
            `put it into your Compose file, as image: nginx:1, or leave it out of ${settingsFile} and give the rehearsal URLs of the service itself, in --vars: BELAY_URLS.`,
          ),
        ]
      : []),
    ...(migrates && inputs['database-url']
      ? [
          refusal(
            `${where}: its release migrates a database, whose password only your servers know.`,
            `leave database-url out of a workflow of its own and choose it by --workflow, or ${example}`,
          ),
        ]
      : []),
  ]
}

/** What a Docker server has of its own; all else is this machine's. */
const writable = ['/srv', '/home', '/etc', '/tmp', '/usr/local/bin']

function isOn({ hosts }: DerivedUnit, address: string): boolean {
  return hosts.some((host) => host.address === address)
}

/** What its Compose file needs. */
function fileRefusals(unit: DerivedUnit, { units, settings, files, root }: Known): string[] {
  const { workflow, service } = unit
  const where = `${workflow}, ${service}`
  const folder = composeFolderOf(unit) ?? ''
  const text = composeTextIn(folder, serverFiles(units, settings, files, root))
  if (text === undefined)
    return [
      refusal(
        `${where}: it is not known which file Docker Compose reads in ${folder}.`,
        `say in ${settingsFile} which one it is:\n  hosts: { files: { ${folder}/compose.yml: deploy/compose.yml } }`,
      ),
    ]
  const { named, built } = composeImagesIn(text)
  const absent = named.filter((image) => !serverImages.includes(image))
  return [
    ...(absent.length > 0
      ? [
          refusal(
            `${where}: the servers reach no registry but the rehearsal's, so they cannot pull ${absent.join(', ')}.`,
            `they have ${serverImages.join(', ')}. Name a Compose file with these, or without the service: hosts: { files: { ${folder}/compose.yml: … } } in ${settingsFile}.`,
          ),
        ]
      : []),
    ...(built.length > 0
      ? [
          refusal(
            `${where}: the Compose file builds ${built.join(', ')}, but a server has only the image.`,
            'write image: ${NAME} instead of build:, with a name of yours. A release sets it in .env.',
          ),
        ]
      : []),
  ]
}

/** Why what a workflow does with images cannot be rehearsed. */
export function buildRefusals(workflow: ReleaseWorkflow, known: Known): string[] {
  const { file, steps } = workflow
  const builds = buildsIn(workflow)
  const promotions = steps.filter(isPromotion)
  const releases = known.units.some((unit) => unit.workflow === file && isCompose(unit))
  if (builds.length === 0 && promotions.length === 0 && !releases) return []
  const naming = steps.filter((step) => builds.includes(step) || (isChanging(step) && step.written.image))
  return [
    ...promotions.map(({ path }) =>
      refusal(
        `${file}, ${path}: the tags that it moves are not rehearsed for a repository of your own.`,
        `choose a workflow without promote, such as that of QA (--workflow), or ${example}`,
      ),
    ),
    ...naming.flatMap((step) => nameRefusals(file, step, known)),
    ...steps
      .filter(({ run = '' }) => ownDocker.test(run))
      .map(({ path }) =>
        refusal(
          `${file}, ${path}: your commands run without root here, so this one cannot use Docker.`,
          'let the action build-image build and push: uses: belay-actions/belay/actions/build-image@<sha>.',
        ),
      ),
    ...builds.flatMap((step) => baseRefusals(file, step, known)),
  ]
}

const ownDocker = /(?:^|[\s;&|(])docker\s+(?:buildx|build|push|login|tag|pull|run|image)\b/m

type Step = ReleaseWorkflow['steps'][number]

/** The rehearsal has a registry of its own: the name of the image has to be a variable, which it changes. */
function nameRefusals(file: string, step: Step, { variables }: Known): string[] {
  const source = imageSource(step)
  if (source === 'output') return []
  if (source === undefined)
    return [
      refusal(
        `${file}, ${step.path}: the image is named in the workflow, but the rehearsal has a registry of its own.`,
        'write image: ${{ vars.BELAY_IMAGE }}, and keep its name in that variable, such as ghcr.io/acme/shop.',
      ),
    ]
  const isSet = Object.values(variables).some((all) => all[source.variable])
  return isSet
    ? []
    : [
        refusal(
          `${file}, ${step.path}: the variable ${source.variable}, which names the image, is not known.`,
          `give it in --vars, such as {"${source.variable}": "ghcr.io/acme/shop"}.`,
        ),
      ]
}

function baseRefusals(file: string, step: Step, { root }: Known): string[] {
  const dockerfile = dockerfileOf(step)
  const path = join(root, dockerfile)
  // A build may make it.
  if (!existsSync(path)) return []
  const bases = basesIn(readFileSync(path, 'utf8'), step.inputs['build-args'])
  const absent = bases.filter((image) => !isNodeImage(image))
  if (absent.length === 0) return []
  return [
    refusal(
      `${file}, ${step.path}: the rehearsal's Docker pulls no images, so ${dockerfile} cannot start from ${absent.join(', ')}.`,
      'build the program in a step before, and start the image from scratch or from node:…; a Dockerfile for that is named by the input file.',
    ),
  ]
}
