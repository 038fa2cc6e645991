import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { canStartPostgres, canStartSystemdHosts, programsOfSystemdHosts } from '@belay/test-hosts'
import { type DerivedStep, stepPaths } from '@belay/workflow-runner'
import { programsFor } from '../../../../scripts/machine/programs.ts'
import { dockerPrograms, whyNoDockerServers } from '../docker-server.ts'
import type { Asked, Example, Opened, Rehearsal } from '../example.ts'
import { Lacking, type Preparation, prepareHosts, requireRoot } from '../machine.ts'
import { belayRoot } from '../paths.ts'
import { rehearsalOf } from '../rehearsal.ts'
import { type Run, runsOf } from '../scenario.ts'
import type { Terminal } from '../terminal.ts'
import { Usage } from '../usage.ts'
import { type DerivedUnit, unitsOf } from './facts.ts'
import { buildsIn, isCompose } from './images.ts'
import { type Lab, openLab } from './lab.ts'
import { impassable } from './launcher.ts'
import { refusals } from './refusals.ts'
import { openingLines } from './report.ts'
import { runOptions } from './run-options.ts'
import { migrates } from './secrets.ts'
import { readSettings, type Settings, withSettings } from './settings.ts'
import { flowOf, scenarioOf, systemOf, timesFor } from './system.ts'
import { readVariables, type Variables } from './variables.ts'
import { cloneVersions, type Versions } from './versions.ts'
import {
  type Chosen,
  findWorkflows,
  isChanging,
  proofOf,
  type ReleaseWorkflow,
  readWorkflow,
  withProofs,
} from './workflows.ts'

/** Which repository to rehearse, as the command line says it. */
export interface RepositoryOptions extends Chosen {
  readonly repository: string
  /** A file of variables. */
  readonly vars: string | undefined
}

/** A repository of the user's own, ready to be rehearsed. */
export interface OwnRepository extends Example {
  /** Removes the throwaway clone. */
  close(): void
}

/** Where the facts of a repository come from. */
export interface Source {
  readonly versions: Versions
  readonly settings: Settings
  readonly variables: Variables
  /** The files of the repository. */
  readonly files: readonly string[]
}

/** What is known of a repository before anything starts. */
export interface Facts extends Source {
  readonly workflows: readonly ReleaseWorkflow[]
  readonly units: readonly DerivedUnit[]
  /** The workflows that build what others release, by the path that those name. */
  readonly proofs: ReadonlyMap<string, ReleaseWorkflow>
  readonly migrates: boolean
}

/**
 * Reads a repository and its workflows. Nothing starts.
 * @throws Usage with everything that cannot be rehearsed, and the line that helps
 */
export async function openRepository(options: RepositoryOptions): Promise<OwnRepository> {
  const root = repositoryRoot(options.repository)
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear)
  const close = () => {
    clear()
    process.removeListener('exit', clear)
  }
  try {
    const facts = await readRepository(root, folder, options)
    const problems = refusals({ ...facts, root: facts.versions.root })
    if (problems.length > 0) throw new Usage(`${basename(root)} cannot be rehearsed yet:\n\n${problems.join('\n\n')}`)
    return { ...exampleOf(basename(root), facts, folder), close }
  } catch (error) {
    close()
    throw error
  }
}

/** @throws Usage for what cannot be read, or if nothing releases anything */
function readRepository(root: string, folder: string, options: RepositoryOptions): Promise<Facts> {
  const settings = readSettings(root)
  const versions = cloneVersions(root, folder, settings.newFiles)
  const variables = withSettings(settings, options.vars ? readVariables(options.vars) : {})
  return readFacts({ versions, settings, variables, files: trackedFiles(versions.root) }, folder, options)
}

/** @throws Usage if nothing releases anything */
export async function readFacts(source: Source, folder: string, chosen: Chosen): Promise<Facts> {
  const { versions, settings, variables, files } = source
  const planning = join(folder, 'plan')
  const workflows =
    settings.workflows.length > 0 && !chosen.workflow
      ? await Promise.all(settings.workflows.map((file) => readWorkflow(file, versions, variables, planning)))
      : await findWorkflows(versions, variables, planning, chosen)
  const proofs = new Map<string, ReleaseWorkflow>()
  for (const path of workflows.flatMap((workflow) => proofOf(workflow) ?? []))
    proofs.set(path, await readWorkflow(basename(path), versions, variables, planning))
  return {
    ...source,
    proofs,
    workflows,
    units: workflows.flatMap(unitsOf),
    migrates: workflows.some(({ steps }) => migrates(steps, files)),
  }
}

/** Its workflows take the place of an example's environments. */
function exampleOf(name: string, facts: Facts, folder: string): Example {
  const { workflows, versions, migrates } = facts
  return {
    name,
    help: '',
    environments: workflows.map(({ file }) => file),
    bundles: [...new Set(bundlesOf(workflows))],
    paths: (file, workDir) => pathsOf(file, versions, workDir),
    prepare: (_, preparation) => prepareMachine(migrates, preparation, kindsOf(facts)),
    open: async (asked) => openedOf(await openLab(folder, facts), facts, asked),
    cases: () => [],
    workers: async () => [],
  }
}

/** @throws Usage if the folder is no git repository with a commit */
function repositoryRoot(path: string): string {
  const folder = resolve(path)
  if (!existsSync(folder)) throw new Usage(`--repository ${path}: there is no such folder.`)
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'safe.directory=*', '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' })
    git('rev-parse', 'HEAD')
    return git('rev-parse', '--show-toplevel').trim()
  } catch {
    throw new Usage(
      `--repository ${path}: it is no git repository with a commit.\nHow to fix: git init && git add . && git commit -m 'First'`,
    )
  }
}

function trackedFiles(root: string): string[] {
  return execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
}

const ofRelease = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map((name) => `release/${name}`)
const withRelease = [
  'build-image',
  'deploy-ssh',
  'health-gate',
  'notify-slack',
  'migrate-db',
  'blue-green-switch',
  ...ofRelease,
]

/** The folders below actions/ of the bundles that the workflows run. */
function bundlesOf(workflows: readonly ReleaseWorkflow[]): string[] {
  const actions = workflows.flatMap(({ steps }) => steps.flatMap(({ action }) => action ?? []))
  return actions.flatMap((action) => (action === 'actions/release' ? withRelease : [action.replace(/^actions\//, '')]))
}

function pathsOf(file: string, { root }: Versions, workDir: string): Promise<string[]> {
  return stepPaths({ workflow: join(root, '.github/workflows', file), belayRoot, callerRoot: root, workDir })
}

/** The servers that are needed. */
interface Kinds {
  readonly docker: boolean
  readonly systemd: boolean
}

function kindsOf(facts: Facts): Kinds {
  const { units } = facts
  const builds = withProofs(facts).some((workflow) => buildsIn(workflow).length > 0)
  return { docker: builds || units.some(isCompose), systemd: !units.every(isCompose) }
}

/** @throws Lacking if something is missing that may not or cannot be installed */
export async function prepareMachine(
  migrates: boolean,
  preparation: Preparation,
  { docker, systemd }: Kinds = { docker: false, systemd: true },
): Promise<void> {
  requireRoot(preparation.args)
  const closed = impassable(realpathSync(tmpdir()))
  if (closed)
    throw new Lacking(
      `The commands of your workflow run without root, and may not pass ${closed}, where temporary files are.\nHow to fix: set TMPDIR to another folder, such as TMPDIR=/tmp.`,
    )
  const wanted = [
    ...programsFor('hosts', 'networks'),
    'curl' as const,
    ...(systemd ? programsOfSystemdHosts() : []),
    ...(docker ? dockerPrograms : []),
    ...(migrates ? (['postgres'] as const) : []),
  ]
  const reason = () =>
    (systemd ? canStartSystemdHosts() : undefined) ??
    (docker ? whyNoDockerServers() : undefined) ??
    (migrates ? canStartPostgres() : undefined)
  await prepareHosts(wanted, reason, preparation)
}

/** Servers that run, with the runs that were asked for. */
export function openedOf(lab: Lab, facts: Facts, asked: Asked): Opened {
  const { servers, slack } = lab
  const wanted = facts.workflows.filter(({ file }) => asked.environments.includes(facts.versions.label(file)))
  const addresses = servers.flatMap(({ name, host }) => [host.address, host.name].map((each) => [each, name] as const))
  return {
    slack,
    names: new Map(addresses),
    lines: openingLines(lab, facts.versions, facts.units),
    rehearsals: wanted.flatMap((workflow) => rehearsalsOf(workflow, lab, facts, asked)),
    close: () => lab.close(),
  }
}

function rehearsalsOf(workflow: ReleaseWorkflow, lab: Lab, facts: Facts, asked: Asked): Rehearsal[] {
  const { versions } = facts
  const flow = flowOf(facts, workflow.file)
  const scenario = scenarioOf(flow, asked.paths[versions.label(workflow.file)] ?? [])
  const system = systemOf(lab, flow)
  return runsOf(scenario, asked).map((run) =>
    rehearsalOf(run, {
      times: timesFor(flow.units),
      system: () => system,
      begin: (terminal) => prove(lab, facts, { workflow, run }, terminal),
      ended({ problems, runResult }) {
        if (problems.length === 0) lab.markProven(workflow.file, run.version, Number(runResult.runId))
      },
    }),
  )
}

/** Runs what builds a version in the workflow whose proof a release asks for. The version then counts as verified. */
async function prove(
  lab: Lab,
  { versions, proofs }: Facts,
  { workflow, run }: { readonly workflow: ReleaseWorkflow; readonly run: Run },
  terminal: Terminal,
): Promise<void> {
  const proof = proofs.get(proofOf(workflow) ?? '')
  if (!proof || run.back || lab.isProven(proof.file, run.version)) return
  terminal.status(`${proof.file} builds ${run.version.name}`)
  const started = { back: false, commit: run.version, branch: versions.branch }
  const { conclusion, jobs, runId } = await lab.runs.run(run.version, {
    ...runOptions(lab, proof, started),
    jobs: buildingJobs(proof.steps),
  })
  if (conclusion !== 'success') {
    const log = Object.values(jobs).flatMap(({ steps }) => steps.map((step) => step.log))
    throw new Lacking(
      `${proof.file} could not build ${run.version.name}, so ${workflow.file} has nothing to release:\n${log.join('\n')}`,
    )
  }
  lab.markProven(proof.file, run.version, Number(runId))
}

/** The jobs that release nothing. */
function buildingJobs(steps: readonly DerivedStep[]): string[] {
  const releasing = new Set(steps.filter(isChanging).map(({ job }) => job))
  return [...new Set(steps.map(({ job }) => job))].filter((job) => !releasing.has(job))
}
