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
  'with %d s left, each tag of a registry that cannot be opened is named',
  async (left) => {
    const open = () => Promise.reject(new Error('no line\nand more'))
    const outcomes = await undoTags(saved, open, monotonicSeconds() + left)
    expect(outcomes).toMatchObject([
      { target: 'ghcr.io/acme/api:1.0.0', service: 'api', result: 'mixed' },
      { target: 'ghcr.io/acme/api:latest', service: 'api', result: 'mixed' },
    ])
    expect(outcomes[1]?.detail).toBe(
      'the tag could not be restored: no line To restore it by hand: docker buildx imagetools create ' +
        `--tag ghcr.io/acme/api:latest ghcr.io/acme/api@${before.digest}`,
    )
  },
)
