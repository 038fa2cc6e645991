import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { actions, root } from './manifests.ts'

interface Import {
  readonly from: string
  /** A path relative to the repository, or the name of a package or of a module of Node's. */
  readonly of: string
}

const shipped = globSync('{actions,packages}/**/src/**/*.ts', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)),
}).sort()
const imports = shipped.flatMap(importsOf)

/** All that a file imports, types and `import()` too. */
function importsOf(from: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, from), 'utf8'), true, true)
  return importedFiles.map(({ fileName }) => ({ from, of: resolve(from, fileName) }))
}

function resolve(from: string, name: string): string {
  if (!name.startsWith('.')) return name
  return relative(root, join(root, dirname(from), name)).replaceAll(sep, '/')
}

/** Names of the packages in a folder, such as `@belay/host`. */
const namesIn = (folder: string) =>
  globSync(`${folder}/*/package.json`, { cwd: root }).map(
    (path) => (JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string }).name,
  )

/** The action that a path is of: the innermost, as `actions/release/plan` is one. */
const actionOf = (path: string) =>
  actions
    .map(({ folder }) => folder)
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0]

/** Whether a name, such as `@belay/http/src/proxy.ts`, is of the package in a folder. */
const isOf = (name: string, folder: string) => `${name}/`.startsWith(`@belay/${basename(folder)}/`)

const show = ({ from, of }: Import) => `${from} imports ${of}`

test('the sources have imports', () => {
  expect(shipped.length).toBeGreaterThan(200)
  expect(imports.map(show)).toContain('actions/deploy-ssh/src/main.ts imports @belay/action-kit')
  expect(namesIn('tools')).toContain('@belay/test-hosts')
})

test('shipped code imports only packages and itself: nothing of tools, tests or scripts', () => {
  const packages = namesIn('packages')
  const isAllowed = ({ of }: Import) => {
    if (of.startsWith('@belay/')) return packages.some((name) => of === name || of.startsWith(`${name}/`))
    // A name of another package than ours has no such folder; a relative path does.
    return !/^(tools|test|scripts|examples|docs)\/|(^|\/)test\//.test(of) && !of.startsWith('..')
  }
  expect(imports.filter((one) => !isAllowed(one)).map(show)).toEqual([])
})

test('no action imports another', () => {
  const isOther = ({ from, of }: Import) =>
    from.startsWith('actions/') && of.startsWith('actions/') && actionOf(of) !== actionOf(from)
  expect(imports.filter(isOther).map(show)).toEqual([])
})

test('no package or tool imports itself by way of others', () => {
  const folders = globSync('{packages,tools}/*/package.json', { cwd: root }).map(dirname)
  const inside = (folder: string) => globSync(`${folder}/src/**/*.ts`, { cwd: root })
  const importedBy = (folder: string) =>
    folders.filter(
      (other) =>
        other !== folder &&
        inside(folder)
          .flatMap(importsOf)
          .some(({ of }) => isOf(of, other)),
    )
  const arrows = new Map(folders.map((folder) => [folder, importedBy(folder)]))
  const isReached = (from: string, wanted: string, seen = new Set<string>()): boolean =>
    (arrows.get(from) ?? []).some((to) => {
      if (to === wanted) return true
      const isNew = !seen.has(to)
      seen.add(to)
      return isNew && isReached(to, wanted, seen)
    })
  expect(arrows.get('packages/probe')).toContain('packages/http')
  expect(folders.filter((folder) => isReached(folder, folder))).toEqual([])
})

test('no package imports an action', () => {
  const isAction = ({ from, of }: Import) => from.startsWith('packages/') && of.startsWith('actions/')
  expect(imports.filter(isAction).map(show)).toEqual([])
})
