// biome-ignore-all lint/style/noExcessiveLinesPerFile: whole messages, which are read beside each other
import { blockProblem } from '@belay/fakes/slack'
import { describe, expect, test } from 'vitest'
import { toBlocks } from '../src/blocks.ts'
import { toMarkdown } from '../src/markdown.ts'
import { buildReport } from '../src/release-report.ts'
import type { ReportInput } from '../src/report-input.ts'
import { duration } from '../src/sections.ts'
import { hosts, Job, release, run, sha } from './support/report-fixtures.ts'

/** All texts of the message, a line each, as they are sent. */
function slackText(input: ReportInput, notes: string[] = []): string {
  const { blocks } = toBlocks(buildReport(input), notes)
  expect(blockProblem(blocks)).toBeUndefined()
  return blocks.map((block) => textsOf(block).join('\n')).join('\n')
}

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'text' && typeof item === 'string' ? item : textsOf(item),
  )
}

const api = release('acme-api')
const worker = release('acme-worker')
const both = () => new Job().begin(api).deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' })
const good = 'every step succeeded and every armed target can be confirmed'

describe('a message, whole', () => {
  test('at the start', () => {
    expect(slackText(new Job().begin(api).reportInput('running'))).toBe(
      [
        '⏳ qa · acme-api → 3f2a9c1 · running',
        '*Running*. In progress.',
        '⏳ *acme-api* → `3f2a9c1` in qa: *running*',
        '<https://github.com/acme/acme-api/actions/runs/77|acme/acme-api run 77> · job release · by ada',
      ].join('\n'),
    )
  })

  test('at the start of a job whose release is not made yet', () => {
    expect(slackText(new Job().reportInput('running'))).toContain(
      '⏳ acme-api · release · running\n*Running*. In progress.\n<https',
    )
  })

  test('committed', () => {
    const input = both()
      .gate('health-gate-1', 'pass', '2 instances answered with 3f2a9c1')
      .decide('commit', good)
      .settle('acme-api', 'committed', 'confirmed')
      .reportInput('success')
    expect(slackText(input)).toBe(
      [
        '✅ qa · acme-api → 3f2a9c1 · committed',
        '*Committed*. acme-api: 3f2a9c1 serves on 2 hosts (before: v1.2.0).',
        '• Decision: *commit*, because every step succeeded and every armed target can be confirmed.',
        '✅ *acme-api* → `3f2a9c1` in qa: *committed*',
        '• ✓ deploy-ssh · 41 s',
        '• ✓ health-gate · 1 min 05 s · pass after 6 attempts: 2 instances answered with 3f2a9c1',
        '• deploy@203.0.113.7: *committed* – confirmed',
        '• deploy@203.0.113.8: *committed* – confirmed',
        '<https://github.com/acme/acme-api/actions/runs/77|acme/acme-api run 77> · job release · by ada',
      ].join('\n'),
    )
  })

  test('what two steps say of one target is said once: a canary, and the release to all pods', () => {
    const target = {
      target: 'acme-api on namespace shop',
      service: 'acme-api',
      result: 'committed',
      detail: 'recorded',
    }
    const input = both()
      .deploy('deploy-ssh-2', 'acme-api', { ok: true, result: 'pending' }, [])
      .line('deploy-ssh-1', { event: 'outcome', ...target, result: 'committed' })
      .line('deploy-ssh-2', { event: 'outcome', ...target, result: 'committed' })
    const lines = slackText(input.reportInput('success')).split('\n')
    expect(lines.filter((line) => line.startsWith('• namespace shop'))).toEqual([
      '• namespace shop: *committed* – recorded',
    ])
  })

  test('rolled back by a gate, with two services', () => {
    const input = both()
      .end(api)
      .begin(worker)
      .deploy('deploy-ssh-2', 'acme-worker', { ok: true, result: 'pending' })
      .gate('health-gate-1', 'fail', 'deploy@203.0.113.8 answered 503')
      .decide('undo', 'the job ended as failure')
      .settle('acme-worker', 'rolled-back', 'back to v1.2.0 (20261120)')
      .settle('acme-api', 'rolled-back', 'back to v1.2.0 (20261120)')
      .reportInput('failure')
    const back = (host: string) => `• ${host}: *rolled back* – back to v1.2.0 (20261120)`
    expect(slackText(input)).toBe(
      [
        '↩️ qa · acme-api, acme-worker → 3f2a9c1 · rolled back',
        '*Rolled back*. acme-api: v1.2.0 serves again on 2 hosts (3f2a9c1 was rolled back: health-gate failed). acme-worker: v1.2.0 serves again on 2 hosts (3f2a9c1 was rolled back: health-gate failed).',
        '• ✗ *health-gate* of acme-worker failed: `gate-failed` The gate failed. deploy@203.0.113.8 answered 503',
        '• How to fix: look',
        '• Decision: *undo*, because the job ended as failure.',
        '↩️ *acme-api* → `3f2a9c1` in qa: *rolled back*',
        '• ✓ deploy-ssh · 41 s',
        back(hosts[0] as string),
        back(hosts[1] as string),
        '↩️ *acme-worker* → `3f2a9c1` in qa: *rolled back*',
        '• ✓ deploy-ssh · 41 s',
        '• ✗ health-gate · 1 min 05 s · fail after 6 attempts',
        back(hosts[0] as string),
        back(hosts[1] as string),
        '<https://github.com/acme/acme-api/actions/runs/77|acme/acme-api run 77> · job release · by ada',
      ].join('\n'),
    )
  })

  test('in the job summary, as Markdown', () => {
    const input = both().decide('commit', good).settle('acme-api', 'committed', 'confirmed', hosts.slice(1))
    expect(toMarkdown(buildReport(input.reportInput('success')), ['Slack was not notified of this: down.'])).toBe(
      [
        '### ⚠️ qa · acme-api → 3f2a9c1 · unknown',
        '',
        '**Unknown**. The outcome is not known. Inspect the hosts. acme-api may serve different versions: deploy@203.0.113.7: version not known; 3f2a9c1 serves on deploy@203.0.113.8.',
        '',
        '- Decision: **commit**, because every step succeeded and every armed target can be confirmed.',
        '',
        '⚠️ **acme-api** → `3f2a9c1` in qa: **unknown**',
        '',
        '- ✓ deploy-ssh · 41 s',
        '- deploy@203.0.113.7: **unknown** – its outcome is not known',
        '- deploy@203.0.113.8: **committed** – confirmed',
        '',
        'Slack was not notified of this: down.',
        '',
        '[acme/acme-api run 77](<https://github.com/acme/acme-api/actions/runs/77>) · job release · by ada',
      ].join('\n'),
    )
  })
})

describe('never better than it is', () => {
  const decided = (job: Job) => job.decide('undo', 'the job ended as failure')
  const failed = {
    ok: false,
    result: 'unchanged',
    reason: 'The lock is held.\n  How to fix: wait',
    code: 'lock-held',
    remedy: 'wait',
  } as const

  test.each<[string, ReportInput, string[]]>([
    ['nothing was to be changed', new Job().reportInput('success'), ['⚪', 'nothing changed']],
    [
      'failed before a step of Belay',
      new Job().reportInput('failure'),
      ['❌', 'not released', 'A step failed; the run shows which one, and why.'],
    ],
    [
      'cancelled before a step of Belay',
      new Job().reportInput('cancelled'),
      ['not released', 'The job was cancelled.'],
    ],
    [
      'refused before any change',
      decided(new Job().begin(api).deploy('deploy-ssh-1', 'acme-api', failed, [])).reportInput('failure'),
      ['❌', 'not released', '✗ *deploy-ssh* of acme-api failed: `lock-held` The lock is held.\n• How to fix: wait'],
    ],
    [
      'already live',
      new Job().begin(api).deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'noop' }, []).reportInput('success'),
      ['✅', 'already live', 'nothing was done'],
    ],
    [
      'killed, and no post has recorded its outcome',
      new Job().begin(api).deploy('deploy-ssh-1', 'acme-api').reportInput('failure'),
      ['⚠️', 'unknown', '✗ *deploy-ssh* of acme-api was stopped before it finished.', 'its outcome is not known'],
    ],
    [
      'rollback started, outcome unknown',
      decided(both()).settle('acme-api', 'undo-started', 'look: ssh …').reportInput('failure'),
      ['⚠️', 'rollback started, outcome unknown', 'look: ssh …'],
    ],
    [
      'one host committed, one rolled back',
      decided(both())
        .settle('acme-api', 'committed', 'stays', hosts.slice(0, 1))
        .settle('acme-api', 'rolled-back', '', hosts.slice(1))
        .reportInput('failure'),
      ['🚨', 'mixed', 'deploy@203.0.113.7: *committed* – stays', 'deploy@203.0.113.8: *rolled back*'],
    ],
    [
      'one service committed, one rolled back',
      both()
        .end(api)
        .begin(worker)
        .deploy('deploy-ssh-2', 'acme-worker', { ok: true, result: 'pending' })
        .settle('acme-api', 'committed')
        .settle('acme-worker', 'rolled-back')
        .reportInput('failure'),
      ['🚨 qa', '· mixed', '✅ *acme-api*', '↩️ *acme-worker*'],
    ],
    [
      'committed beside a service whose failure was tolerated',
      both()
        .end(api)
        .begin(worker)
        .deploy('deploy-ssh-2', 'acme-worker', failed, [])
        .settle('acme-api', 'committed')
        .reportInput('success'),
      ['⚠️', 'committed in part', 'acme-worker* → `3f2a9c1` in qa: *not released*'],
    ],
    [
      'committed by an earlier step of a service whose last one failed',
      new Job()
        .begin(api)
        .deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'committed' }, [])
        .deploy('deploy-ssh-2', 'acme-api', failed, [])
        .reportInput('success'),
      ['committed in part', '*acme-api* → `3f2a9c1` in qa: *committed in part*'],
    ],
    [
      'committed for good before the job failed',
      new Job()
        .begin(api)
        .deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'committed' }, [])
        .reportInput('failure'),
      ['committed, job failed', 'A step after deploy-ssh failed; the run shows which one, and why.'],
    ],
    [
      'a defect, whose text may be anything',
      new Job()
        .begin(api)
        .deploy(
          'deploy-ssh-1',
          'acme-api',
          { ok: false, result: 'unchanged', reason: 'PASSWORD=x', code: 'internal' },
          [],
        )
        .reportInput('failure'),
      ['failed with an unexpected error; see the job log.'],
    ],
  ])('%s', (_, input, expected) => {
    const text = slackText(input)
    for (const part of expected) expect(text).toContain(part)
    expect(text).not.toContain('PASSWORD')
    // The remedy has its own line; the reason does not repeat it.
    expect(text).not.toContain('\n  How to fix')
  })

  test('a schema that stays is named beside what was rolled back', () => {
    const input = new Job()
      .begin(api)
      .schema('acme-api', '004_orders stays applied; it fits the release before')
      .deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' })
      .decide('undo', 'the job ended as failure')
      .settle('acme-api', 'rolled-back')
      .reportInput('failure')
    const text = slackText(input)
    expect(text).toContain('↩️ qa · acme-api → 3f2a9c1 · rolled back')
    expect(text).toContain('schema of acme-api: *stays* – 004_orders stays applied; it fits the release before')
  })

  test('a superseded release is neither a failure nor a release', () => {
    const text = slackText(new Job().begin(api).superseded().reportInput('success'))
    expect(text).toContain('⏭️ qa · acme-api → 3f2a9c1 · superseded')
    expect(text).toContain('⏭️ *acme-api* → `3f2a9c1` in qa: *superseded*')
  })

  test('what waits for confirmation is shown while the job runs', () => {
    expect(slackText(both().reportInput('running'))).toContain('deploy@203.0.113.7: *waiting for confirmation*')
  })
})

describe('which version serves now', () => {
  const v13 = release('acme-api', 'v1.3.0')
  const deployed = () => new Job().begin(v13).deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' })

  test('after a later step of the job failed, which is no step of Belay', () => {
    const text = slackText(
      deployed()
        .end(v13)
        .decide('undo', 'the job ended as failure')
        .settle('acme-api', 'rolled-back')
        .reportInput('failure'),
    )
    expect(text).toContain(
      '*Rolled back*. acme-api: v1.2.0 serves again on 2 hosts (v1.3.0 was rolled back: a step after deploy-ssh failed).',
    )
    expect(text).toContain('• A step after deploy-ssh failed; the run shows which one, and why.')
  })

  test('after a step inside release failed that is not an action of Belay', () => {
    const job = new Job().begin(v13)
    job.entries.push(
      { step: 'release-begin-1', event: 'release-joined', release: v13.id },
      { step: 'notify-slack-1', event: 'step-began', action: 'notify-slack', mutates: false },
      { step: 'notify-slack-1', event: 'step-ended', seconds: 1, ok: true, result: 'unchanged' },
    )
    const text = slackText(job.reportInput('failure'))
    expect(text).toContain('*Not released*. The job ended before it changed anything.')
    expect(text).toContain('• A step inside release after notify-slack failed; the run shows which one, and why.')
  })

  test('a rollback is reported as a rollback: from which version to which, by whom and why', () => {
    const job = new Job().begin(release('acme-api', 'v1.2.0'))
    job.entries.push({ step: 'release-plan-1', event: 'reason', reason: 'the basket is empty' })
    const move = { from: { version: 'v1.3.0', release: 'newer' }, back: true as const }
    job.deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'committed' }, hosts, move)
    const text = slackText(job.settle('acme-api', 'committed', 'confirmed').reportInput('success'))
    expect(text).toContain('⏪ qa · acme-api v1.3.0 → v1.2.0 (3f2a9c1) · rollback committed')
    expect(text).toContain(
      '*Rollback committed*. acme-api: v1.2.0 serves again on 2 hosts (ada rolled back from v1.3.0: the basket is empty).',
    )
    expect(text).not.toMatch(/new release/i)
  })

  test('a rollback is named while it runs', () => {
    expect(slackText(new Job().begin(release('acme-api', 'previous')).reportInput('running'))).toContain(
      '*Running*. Rolling back to an older release.',
    )
  })

  test('without an earlier release the message names no version that serves again', () => {
    const first = new Job()
      .begin(v13)
      .deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' }, hosts, {
        from: { version: '', release: '' },
      })
      .decide('undo', 'the job was cancelled')
      .settle('acme-api', 'rolled-back')
    expect(slackText(first.reportInput('cancelled'))).toContain(
      'acme-api: v1.3.0 was rolled back on 2 hosts, and no release of Belay served before (the job was cancelled).',
    )
  })
})

test('an error of inputs is shown whole: each input, and how to fix it, up to five of them', () => {
  const inputs = Array.from({ length: 7 }, (_, index) => `  - input-${index}: is missing. Give a value.`)
  const reason = `7 inputs are invalid; nothing was changed.\n${inputs.join('\n')}`
  const job = new Job()
    .begin(api)
    .deploy('deploy-ssh-1', 'acme-api', { ok: false, result: 'unchanged', reason, code: 'inputs' }, [])
  const text = slackText(job.reportInput('failure'))
  expect(text).toContain(
    'failed: `inputs` 7 inputs are invalid; nothing was changed.\n• input-0: is missing. Give a value.',
  )
  expect(text).toContain('• input-4: is missing. Give a value.\n• … and 2 more in the job log')
  expect(text).not.toContain('input-5')
})

describe('what others wrote', () => {
  const hostile = '<!channel> <https://evil.example|click> & @here *x* `y` \u202e\r\nnext'

  const reportOfHostile = () => {
    const input = new Job()
      .begin({ ...release('acme-api', hostile), environment: hostile })
      .deploy('deploy-ssh-1', 'acme-api', { ok: false, result: 'mixed', reason: hostile, code: 'lock-held' })
      .line('deploy-ssh-1', { event: 'note', level: 'warning', text: hostile, host: 'web<1>' })
      .decide('undo', hostile)
      .settle('acme-api', 'mixed', hostile)
      .reportInput('failure')
    return buildReport({
      ...input,
      run: { ...run, actor: hostile, job: hostile, repository: 'a/<b|c>', url: 'https://x/<y>|z' },
    })
  }
  const sent = () => {
    const { text, blocks } = toBlocks(reportOfHostile())
    return { blocks, all: JSON.stringify([text, blocks]) }
  }

  test('leaves the blocks of Slack valid', () => {
    expect(blockProblem(sent().blocks)).toBeUndefined()
  })

  test('cannot mention in Slack', () => {
    const { all, blocks } = sent()
    expect(all).toContain('&lt;!channel&gt;')
    for (const text of JSON.stringify(blocks).split('"type":"mrkdwn"').slice(1))
      expect(text).toContain('"verbatim":true')
  })

  test('cannot link in Slack', () => {
    const { all } = sent()
    const link = '<https://x/&lt;y&gt;%7Cz|a/&lt;b/c&gt; run 77>'
    expect(all.replaceAll(link, '')).not.toMatch(/[<>]/)
    expect(all.replace(/&(amp|lt|gt);/g, '')).not.toContain('&')
  })

  test('cannot reverse or overwrite a line in Slack', () => {
    expect(sent().all).not.toMatch(/\u202e|\\r/)
  })

  test('cannot mention, link or format in the summary', () => {
    const markdown = toMarkdown(reportOfHostile())
    expect(markdown).toContain('&lt;\\!channel\\>')
    const outside = markdown.replace(/\]\(<[^>]*>\)/g, '').replace(/(?<!\\)`[^`]*`/g, '')
    expect(outside).not.toMatch(/<|[^\\]\*x|[^\\]`/)
  })

  test('takes only the first line of a reason', () => {
    const input = both().gate('health-gate-1', 'fail', 'two of three\nGET /secret 500').reportInput('failure')
    expect(slackText(input)).toContain('The gate failed. two of three')
    expect(slackText(input)).not.toContain('/secret')
  })
})

describe("Slack's limits", () => {
  const long = 'x&'.repeat(3000)

  test('hold for texts without end, and how it ended is still said', () => {
    const input = new Job()
      .begin({ ...release(long, long), environment: long })
      .deploy('deploy-ssh-1', long, { ok: false, result: 'mixed', reason: long, code: long })
      .decide('undo', long)
      .settle(long, 'mixed', long)
    for (let count = 0; count < 30; count++)
      input.line('deploy-ssh-1', { event: 'note', level: 'warning', text: `${count} ${long}` })
    const text = slackText(input.reportInput('failure'))
    expect(text.split('\n')[0]).toMatch(/^🚨 .*… · mixed$/)
    expect(text).toContain('… and 25 more in the job log')
  })

  test('hold for a fleet of 200, the bad ones first, the rest counted', () => {
    const fleet = Array.from({ length: 200 }, (_, index) => `deploy@web-${index}`)
    const input = new Job()
      .begin(api)
      .deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' }, fleet)
      .decide('commit', good)
      .settle('acme-api', 'committed', '', fleet.slice(0, 199))
      .settle('acme-api', 'mixed', 'cut', fleet.slice(199))
    const text = slackText(input.reportInput('failure'))
    expect(text).toMatch(/✓ deploy-ssh · 41 s\n• deploy@web-199: \*mixed\* – cut\n/)
    expect(text).toContain('… and 180 more hosts: 180 committed')
  })

  const services = Array.from({ length: 60 }, (_, index) => `service-${index}`)
  const jobOf60 = () => {
    const job = new Job()
    for (const service of services)
      job
        .begin(release(service))
        .deploy(`deploy-ssh-${service}`, service, { ok: true, result: 'pending' })
        .settle(service, 'committed', 'confirmed')
        .end(release(service))
    return job.reportInput('success')
  }

  test('hold for 60 services: those left out are named', () => {
    expect(slackText(jobOf60())).toMatch(
      /… left out because of Slack's limits, see the job summary: service-\d+, .* and \d+ more/,
    )
  })

  test('do not hold for the job summary: it has all 60 services', () => {
    const markdown = toMarkdown(buildReport(jobOf60()))
    for (const service of services) expect(markdown).toContain(`**${service}**`)
  })

  test('hold for a service of many steps', () => {
    const job = new Job().begin(api)
    for (let index = 0; index < 40; index++) job.gate(`health-gate-${index}`, 'pass', 'y'.repeat(390))
    expect(slackText(job.reportInput('success'))).toMatch(/… and \d+ more lines in the job summary/)
  })

  test('the fallback text is short', () => {
    const { text } = toBlocks(buildReport(both().reportInput('running')))
    expect(text).toBe('⏳ qa · acme-api → 3f2a9c1 · running\n*Running*. In progress.')
  })
})

describe('names', () => {
  test('a tag is shown with the commit that it stands for', () => {
    expect(slackText(new Job().begin(release('acme-api', 'v1.4.2')).reportInput('running'))).toContain(
      `⏳ qa · acme-api → v1.4.2 (${sha.slice(0, 7)}) · running`,
    )
  })

  test('services of different versions each have their own', () => {
    const input = new Job().begin(release('acme-api', 'v1')).begin(release('acme-worker', 'v2')).reportInput('running')
    expect(slackText(input)).toContain('qa · acme-api → v1 (3f2a9c1), acme-worker → v2 (3f2a9c1) · running')
  })

  test('a gate outside of both releases belongs to neither service', () => {
    const job = new Job()
    for (const made of [api, worker]) job.begin(made).end(made)
    expect(slackText(job.gate('health-gate-1', 'pass', 'fine').reportInput('success'))).toContain(
      '*Other steps*\n• ✓ health-gate',
    )
  })

  test.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.97, '10 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))
})
