import { monotonicSeconds } from '@belay/action-kit'
import { expect, test } from 'vitest'
import { undoTags } from '../src/undo.ts'

const before = { digest: `sha256:${'a'.repeat(64)}`, mediaType: 'm', body: '' }
const saved = {
  service: 'api',
  image: 'ghcr.io/acme/api',
  digest: `sha256:${'b'.repeat(64)}`,
  moves: [
    { tag: '1.0.0', kind: 'version' as const, before: undefined },
    { tag: 'latest', kind: 'floating' as const, before },
  ],
}

test.each([0.0004, 0.1234567, 20.3])(
  'with %d s left, each tag of a registry that nobody can open is named',
  async (left) => {
    const open = () => Promise.reject(new Error('no line\nand more'))
    const settled = await undoTags(saved, open, monotonicSeconds() + left)
    expect(settled).toMatchObject([
      { target: 'ghcr.io/acme/api:1.0.0', service: 'api', result: 'mixed' },
      { target: 'ghcr.io/acme/api:latest', service: 'api', result: 'mixed' },
    ])
    expect(settled[1]?.detail).toBe(
      'nobody could put it back: no line Put it back: docker buildx imagetools create ' +
        `--tag ghcr.io/acme/api:latest ghcr.io/acme/api@${before.digest}`,
    )
  },
)
