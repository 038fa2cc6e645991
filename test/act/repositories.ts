import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMap, parseDocument } from 'yaml'

/** Repositories that act must find on this machine: `owner/name@ref`, and the folder. */
export type Repositories = Readonly<Record<string, string>>

/**
 * A workflow or a manifest without what act does not know. `uses: $/P` is spelled out, as a workflow of others would name it.
 * Environments and concurrency have no effect in act, and it refuses newer keys of them (`deployment`, `queue`).
 */
export function forAct(yaml: string): string {
  const text = yaml.replace(/\buses: \$\/([^\s'"]+)/g, 'uses: belay-actions/belay/$1@v0')
  const document = parseDocument(text)
  const jobs = document.get('jobs')
  if (!isMap(jobs)) return text
  for (const { value: job } of jobs.items)
    if (isMap(job)) for (const key of ['environment', 'concurrency']) job.delete(key)
  return document.toString({ lineWidth: 0 })
}

/** How examples name Belay's commit: the one of a release replaces it. */
const unreleased = '0'.repeat(40)

/**
 * Writes Belay's actions and workflows below `folder` as users would download them if everything here were committed. The
 * rest of the repository is left out: act copies the whole folder for every step.
 */
export function exportActions(root: string, folder: string): Repositories {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'actions', '.github/workflows']
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const path of paths.filter((path) => existsSync(join(root, path)))) {
    const copy = join(folder, path)
    mkdirSync(dirname(copy), { recursive: true })
    copyFileSync(join(root, path), copy)
    if (path.endsWith('.yml')) writeFileSync(copy, forAct(readFileSync(copy, 'utf8')))
  }
  return { 'belay-actions/belay@v0': folder, [`belay-actions/belay@${unreleased}`]: folder }
}

/**
 * A fake of the artifact download that fails if it runs. act resolves the step of the composite `release`
 * before the job begins, also where `source` is given and it will be skipped.
 */
export function writeDownloadArtifact(root: string, folder: string): Repositories {
  const composite = readFileSync(join(root, 'actions/release/action.yml'), 'utf8')
  const used = /\buses: (actions\/download-artifact@\S+)/.exec(composite)?.[1]
  if (!used)
    throw new Error('actions/release/action.yml no longer uses actions/download-artifact. How to fix: remove this fake')
  writeAction(folder, { runs: { using: 'node24', main: 'main.cjs' } }, { 'main.cjs': 'process.exit(1)' })
  return { [used]: folder }
}

/** An action of another repository: prints `job.status` in both stages; with the input `post: fail` its post fails. */
export function writeRunnerTestAction(folder: string): Repositories {
  const inputs = { status: { default: '${{ job.status }}' }, post: { default: 'end' } }
  writeAction(
    folder,
    { inputs, runs: { using: 'node24', main: 'main.cjs', post: 'post.cjs' } },
    {
      'main.cjs': 'console.log(`main saw ${process.env.INPUT_STATUS}`)',
      'post.cjs':
        'console.log(`post saw ${process.env.INPUT_STATUS}`); process.exit(process.env.INPUT_POST === "fail" ? 1 : 0)',
    },
  )
  return { 'acme/runner-test@v1': folder }
}

/** JSON is YAML. */
function writeAction(folder: string, manifest: object, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'action.yml'), JSON.stringify({ name: 'of others', ...manifest }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}
