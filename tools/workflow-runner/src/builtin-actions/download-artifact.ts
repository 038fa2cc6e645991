import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join, matchesGlob, resolve } from 'node:path'
import type { BuiltinAction } from './builtin-action.ts'

/** Copies artifacts of this or another run (`run-id`) into the workspace: one by `name`, else each in a folder of its own. */
export const downloadArtifact: BuiltinAction = {
  does: 'copies what the built-in upload-artifact stored',
  inputs: ['name', 'pattern', 'path', 'merge-multiple', 'run-id', 'repository', 'github-token', 'digest-mismatch'],
  async run({ inputs, workspace, artifacts, runId }) {
    const store = join(artifacts, inputs['run-id'] || runId)
    const target = resolve(workspace, inputs.path || '.')
    const name = inputs.name
    if (name && !existsSync(join(store, name))) {
      throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`)
    }
    await mkdir(target, { recursive: true })
    const all = existsSync(store) ? readdirSync(store).sort() : []
    const wanted = name ? [name] : all.filter((each) => !inputs.pattern || matchesGlob(each, inputs.pattern))
    for (const each of wanted) {
      const flat = name || inputs['merge-multiple'] === 'true'
      await cp(join(store, each), flat ? target : join(target, each), { recursive: true })
    }
    return { 'download-path': target }
  },
}
