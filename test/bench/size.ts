import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../support/fixture.ts'
import { bundles, shared } from './actions.ts'
import { countRow, type Row } from './table.ts'

/** Bytes of every bundle, and of the whole as the runner downloads it once a job. */
export function measureSizes(limit: number): Row[] {
  return [...bundles().map(bundleRow), bundleRow(shared), ...tarball(limit)]
}

function bundleRow({ name, file }: { name: string; file: string }): Row {
  const text = readFileSync(file)
  const packed = gzipSync(text, { level: 9 }).length
  return { ...countRow(`bundle of ${name}`, text.length, ' B'), baseline: `gz ${packed.toLocaleString('en')} B` }
}

/** What `uses: belay-actions/belay/…@ref` brings: the last commit, less what `.gitattributes` keeps out of archives. */
function tarball(limit: number): Row[] {
  if (!existsSync(join(root, '.git'))) return []
  const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 2 ** 28 })
  return [countRow('tarball of the last commit', archive.length, ' B', limit)]
}
