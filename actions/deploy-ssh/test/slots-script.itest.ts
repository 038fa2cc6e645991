import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { quoteWords } from '@belay/host'
import { describe, expect, test } from 'vitest'
import { scriptFile } from './support/script-file.ts'

/** Calls a function of the script in a shell; its status and what it printed. */
function calls(shell: readonly string[], name: string, ...words: string[]): Promise<{ status: number; said: string }> {
  const [program = '', ...args] = [...shell, '-c', `. '${scriptFile}'; b_params=''; ${quoteWords([name, ...words])}`]
  return new Promise((resolve) =>
    execFile(program, args, { timeout: 10_000 }, (error, stdout) =>
      resolve({ status: error ? Number(error.code) : 0, said: stdout }),
    ),
  )
}

describe.each([['dash'], ['busybox', 'sh'], ['bash', '--posix']])('in %s %s', (...shell) => {
  const words = shell.filter((word) => word !== undefined)

  test.each([
    ['5006', "'a{slot}' 'b {slot}x{slot}'", "'a5006' 'b 5006x5006'"],
    ['1', '{slot', '{slot'],
    ['2', '', ''],
    ['3', '* $HOME %s {slot}', '* $HOME %s 3'],
  ])('the port %s goes where {slot} stands in %o', async (port, text, filled) => {
    expect(await calls(words, 'at_slot', port, text)).toEqual({ status: 0, said: filled })
  })

  test.each(['127.0.0.1', '0.0.0.0', '::'])(
    'a port that something listens on at %s is distinguished from a free one',
    async (at) => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, at, resolve))
      const { port } = server.address() as { port: number }
      expect((await calls(words, 'listens', String(port))).status).toBe(0)
      await new Promise((resolve) => server.close(resolve))
      expect((await calls(words, 'listens', String(port))).status).toBe(1)
    },
  )
})
