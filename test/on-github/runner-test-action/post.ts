import { input, note, notes, writeCommand } from './notes.ts'

note('post', 'began')
writeCommand('GITHUB_OUTPUT', 'post', 'seen')
if (input('look') !== '')
  writeCommand('GITHUB_ENV', 'OBSERVED', JSON.stringify({ serves: await served(), notes: spare() }))
if (input('post') === 'fail') {
  console.log('::error::This post fails on purpose.')
  process.exitCode = 1
}
note('post', 'ended')

/** The commit that the host serves, when all posts but this one are through. */
async function served(): Promise<string> {
  try {
    const response = await fetch(input('look'), { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } })
    return ((await response.json()) as { sha: string }).sha
  } catch (error) {
    return `nothing: ${(error as Error).message}`
  }
}

/** Of a hanging main's signs of life only the last is evidence. */
function spare() {
  const all = notes()
  const last = all.findLastIndex(({ event }) => event === 'alive')
  return all.filter(({ event }, index) => event !== 'alive' || index === last)
}
