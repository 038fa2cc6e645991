import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HostEngine } from './host-engine.ts'

/** What is in an image: programs of this machine with the libraries they load, and files. */
export interface TinyImage {
  readonly programs: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly command: readonly string[]
}

/** Makes an image on a host's engine, without a builder and without a base that would have to be pulled. */
export async function importImage(engine: HostEngine, tag: string, image: TinyImage): Promise<void> {
  const folder = mkdtempSync('/var/lib/belay-testbed/image-')
  try {
    const root = join(folder, 'root')
    for (const path of ['tmp', 'run', 'var/log', 'proc', 'dev', 'etc']) mkdirSync(join(root, path), { recursive: true })
    for (const program of image.programs) for (const path of [program, ...librariesOf(program)]) copy(path, root)
    for (const [path, text] of Object.entries(image.files ?? {})) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    execFileSync('tar', ['-C', root, '-cf', join(folder, 'image.tar'), '.'])
    await engine.docker('import', '--change', `CMD ${JSON.stringify(image.command)}`, join(folder, 'image.tar'), tag)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function librariesOf(program: string): string[] {
  const output = execFileSync('ldd', [program], { encoding: 'utf8' })
  return [...output.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path ?? '')
}

function copy(path: string, root: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  copyFileSync(path, join(root, path))
}
