import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { openJournal } from '../src/journal.ts'
import { escapeCommands, lineLog } from '../src/log.ts'
import { openProbeJob } from './support/probe-job.ts'

function job() {
  const opened = openProbeJob()
  onTestFinished(opened.close)
  return opened
}

describe('BELAY_RESULT, once a step of Belay ran', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a step that only reads', {}, 'unchanged'],
    ['a step that only reads and fails', { PROBE_FAILS: 'failure' }, 'unchanged'],
    ['a step that cannot read its inputs', { PROBE_INPUT: 'wrong' }, 'unchanged'],
    ['a dry run', { PROBE_CHANGES: 'false' }, 'unchanged'],
    ['a change without a decision', { PROBE_CHANGES: 'true' }, 'unknown'],
    ['a change that failed and was undone', { PROBE_CHANGES: 'true', PROBE_FAILS: 'failure' }, 'rolled-back'],
  ])('of %s', async (_, variables, result) => {
    expect((await job().main({ PROBE_TEXT: 'text', ...variables })).environment.BELAY_RESULT).toBe(result)
  })

  test('of a reading step keeps what an earlier change is', async () => {
    const one = job()
    await one.main({ PROBE_TEXT: 'web1', PROBE_CHANGES: 'true' })
    expect((await one.main({ PROBE_TEXT: 'text' })).environment.BELAY_RESULT).toBe('unknown')
  })
})

describe('text of hosts, tools and servers starts no workflow command', () => {
  const hostile = [
    'one',
    '::set-output name=a::b',
    '  ::stop-commands::x',
    '\u0085::add-mask::e',
    'in the middle ##[set-output name=a]b',
    'after a carriage return\r::add-mask::e',
    '\u2028::error::x',
    '::group::\u001b]0;title\u0007',
  ].join('\n')

  /** Lines that the runner would take for a command, but for those that Belay itself means. */
  function commandsIn(log: string): string[] {
    return log
      .split(/\r\n|\r|\n/)
      .filter((line) => line.replace(/^[\s\u0085]+/, '').startsWith('::') || line.includes('##['))
      .filter(
        (line) => !/^::(warning|error|notice|debug)( title=[\w ]+)?::[^\r\n]*$/.test(line) || line.includes('##['),
      )
  }

  test.each<[string, Record<string, string>]>([
    ['a step that succeeds', {}],
    ['a failure with its remedy', { PROBE_FAILS: 'failure' }],
    ['an unexpected error, with its stack', { PROBE_FAILS: 'defect' }],
    ['an error that is thrown outside of every promise', { PROBE_FAILS: 'stray' }],
    ['an input', { PROBE_INPUT: 'wrong' }],
    ['a change that is undone', { PROBE_CHANGES: 'true', PROBE_FAILS: 'defect' }],
    ['a change whose undo fails', { PROBE_CHANGES: 'true', PROBE_FAILS: 'defect', PROBE_UNDO: 'fails' }],
  ])('printed by %s', async (_, variables) => {
    const one = job()
    const env = { PROBE_TEXT: hostile, RUNNER_DEBUG: '1', ...variables }
    const main = await one.main(env)
    const post = await one.post({ ...env, 'INPUT_JOB-STATUS': 'failure' })
    expect(main.log).toContain('set-output name=a')
    expect(commandsIn(main.log)).toEqual([])
    expect(commandsIn(post.log)).toEqual([])
  })

  test.each([
    ['a', 'a'],
    ['a::b', 'a::b'],
    ['::x::', ':\\:x::'],
    ['a\n \t::x', 'a\n \t:\\:x'],
    ['a\r::x', 'a\n:\\:x'],
    ['a\r\nb', 'a\nb'],
    ['a ##[x]', 'a #\\#[x]'],
    ['\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['\u001b]0;x\u0007\u009b', '\\x1b]0;x\\x07\\x9b'],
    ['\u202e', '\\u202e'],
    [':::', ':\\::'],
  ])('%j becomes %j', (text, safe) => expect(escapeCommands(text)).toBe(safe))
})

test('a command that a tool writes in two pieces, or at its very end, has no effect', () => {
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const lines = lineLog()
  for (const piece of ['#1 RUN echo\n:', ':set-output name=a::b\r\n#2 do', 'ne\n', '::add-mask::e']) lines.write(piece)
  lines.end()
  write.mockRestore()
  expect(printed.join('')).toBe('#1 RUN echo\n:\\:set-output name=a::b\n#2 done\n:\\:add-mask::e\n')
})

describe('after a rollback', () => {
  test('one annotation says which version serves, and it stands first in the summary, above ids', async () => {
    const one = job()
    const main = await one.main({ PROBE_TEXT: '20261120T090000Z', PROBE_CHANGES: 'true' })
    const post = await one.post({
      PROBE_TEXT: '20261120T090000Z',
      PROBE_CHANGES: 'true',
      'INPUT_JOB-STATUS': 'failure',
    })
    const said = 'api: v1.2.0 serves again on 1 host (v1.3.0 was rolled back: a step after probe failed)'
    expect(main.summary).toBe('')
    expect(post.log.split(said)).toHaveLength(2)
    expect(post.log).toContain(`::error title=Rolled back::${said}`)
    expect(post.summary.startsWith('**api: v1.2.0 serves again on 1 host')).toBe(true)
    expect(post.summary).toContain('\n\n20261120T090000Z\n\n')
  })

  test('a step that only reads, without others, writes its own summary at once', async () => {
    expect((await job().main({ PROBE_TEXT: 'alone' })).summary).toBe('alone\n\n')
  })

  test('text of hosts formats nothing and ends no table', async () => {
    const one = job()
    await one.main({ PROBE_TEXT: 'a | <img> `b` ](x)', PROBE_CHANGES: 'true' })
    const { summary } = await one.post({
      PROBE_TEXT: 'a | <img> `b` ](x)',
      PROBE_CHANGES: 'true',
      'INPUT_JOB-STATUS': 'failure',
    })
    expect(summary).toContain('| api on a \\| &lt;img\\> \\`b\\` \\](x) | rolled-back |')
  })

  test('a reason that holds a fence ends no block of code', async () => {
    const { summary } = await job().main({ PROBE_TEXT: '```\n# x', PROBE_FAILS: 'failure' })
    expect(summary).toContain('````\n```\n# x')
  })
})

describe('a step of the job damages the journal (rule 2)', () => {
  const changes = { PROBE_TEXT: 'web1', PROBE_CHANGES: 'true' }
  const end = { ...changes, 'INPUT_JOB-STATUS': 'success' }
  const journalOf = (one: ReturnType<typeof job>) => join(one.temp, 'belay', 'journal.jsonl')

  test('and post fails as well: the job fails, and still says what rolls back on its own', async () => {
    const one = job()
    await one.main(changes)
    rmSync(journalOf(one))
    const { exit, log } = await one.post({ ...end, PROBE_CONFIRMER: 'fails' })
    expect([exit, log]).toEqual([1, expect.stringMatching(/::error::no key/)])
    expect(log).toMatch(/it is missing.*rolls back on its own, at .* UTC at the latest: api on web1\./)
  })

  test('a step that only reads closes the connections that it left open', async () => {
    const one = job()
    await one.main({ PROBE_TEXT: 'web1', PROBE_CHANGES: 'false', PROBE_SOCKET: '/run/belay-1' })
    rmSync(journalOf(one))
    const { exit, log } = await one.post({ ...end, PROBE_CHANGES: 'false' })
    expect([exit, log]).toEqual([0, expect.stringContaining('closes /run/belay-1')])
  })

  test('what post could still undo is not reported as rolling back on its own', async () => {
    const one = job()
    await one.main(changes)
    writeFileSync(journalOf(one), readFileSync(journalOf(one), 'utf8').replace('"v1.2.0"', '"v1.2.9"'))
    const { exit, log, environment } = await one.post(end)
    expect([exit, environment.BELAY_RESULT]).toEqual([1, 'unknown'])
    expect(log).toMatch(/it was changed.*api on web1 is rolled-back: web1\./)
    expect(log).not.toMatch(/could not be confirmed|rolls back on its own/)
  })

  test('what a step wrote for another one does not count as its own change', async () => {
    const one = job()
    const reads = { PROBE_TEXT: 'x', PROBE_CHANGES: 'false', PROBE_FOR_ANOTHER: 'true' }
    await one.main(reads)
    rmSync(journalOf(one))
    const { exit, log } = await one.post({ ...reads, 'INPUT_JOB-STATUS': 'success' })
    expect([exit, log]).toEqual([0, expect.not.stringContaining('it is missing')])
  })

  test('a target with a fence in its name ends no block of code', async () => {
    const one = job()
    const fenced = { ...changes, PROBE_TEXT: '```\n# x' }
    await one.main(fenced)
    rmSync(journalOf(one))
    expect((await one.post({ ...fenced, 'INPUT_JOB-STATUS': 'success' })).summary).toContain(
      '````\nThe journal of this job',
    )
  })
})

describe('an error inside Belay', () => {
  test('is reported as a bug, with its stack', async () => {
    const { exit, log, outputs } = await job().main({ PROBE_TEXT: 'x is not a function', PROBE_FAILS: 'defect' })
    expect([exit, outputs['failure-code']]).toEqual([1, 'internal'])
    expect(log).toContain('::error::x is not a function%0A  This is a bug in Belay')
    expect(log).toContain('    at x is not a function')
  })

  test('a full disk of the runner is named, and how to fix it', async () => {
    const { exit, log, outputs } = await job().main({ PROBE_TEXT: 'x', PROBE_FAILS: 'full' })
    expect([exit, outputs['failure-code']]).toEqual([1, 'runner-disk-full'])
    expect(log).toContain('No space is left on the runner')
    expect(log).not.toContain('    at ')
  })

  test('a full disk has its remedy in the record, too', async () => {
    const one = job()
    await one.main({ PROBE_TEXT: 'x', PROBE_FAILS: 'full' })
    const ended = openJournal(join(one.temp, 'belay'))
      .record()
      .find(({ event }) => event === 'step-ended')
    expect(ended).toMatchObject({
      code: 'runner-disk-full',
      remedy: expect.stringContaining('free disk space below RUNNER_TEMP'),
    })
  })
})

describeIf(process.getuid?.() === 0 ? undefined : 'only root may mount a small disk')('a runner without room', () => {
  test('RUNNER_TEMP without room is named before the journal exists', async () => {
    const one = job()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'belay-test', one.temp])
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${join(one.temp, 'fill')}`, 'bs=4k', 'count=1'], { stdio: 'ignore' })
      const { exit, log, outputs, environment } = await one.main({ PROBE_TEXT: 'x' })
      expect([exit, outputs['failure-code'], environment.BELAY_RESULT]).toEqual([1, 'runner-disk-full', 'unchanged'])
      expect(log).toContain('No space is left on the runner')
    } finally {
      execFileSync('umount', [one.temp])
    }
  })
})
