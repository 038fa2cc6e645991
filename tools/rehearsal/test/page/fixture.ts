import type { RehearsalReport, RunReport } from '../../src/report/model.ts'
import { mapTexts } from '../../src/report/texts.ts'

const start = Date.UTC(2026, 10, 29, 3, 0, 0)
const at = (seconds: number) => start + seconds * 1000

/** A run of a release whose smoke test failed: the old version serves again. */
export const rolledBack: RunReport = {
  title: 'v2 (1.1.0, b83e5a2): over v1, break at release/smoke',
  notes: ['BELAY_CONFIRM_TIMEOUT is 30s.'],
  startedAt: at(0),
  endedAt: at(20),
  sentence: 'v1.1.0 failed on purpose at the end of release/smoke; v1.0.0 serves again: 400 requests, 3 failed',
  lines: ['Promised by docs/decisions/transaction.md'],
  problems: [],
  version: 'v1.1.0',
  before: [
    { service: 'api', version: 'v1.0.0' },
    { service: 'worker', version: undefined },
  ],
  checks: [
    { what: 'the run', promised: 'ends as failure', seen: 'ended as failure', problems: [] },
    { what: 'api on host-1', promised: 'serves v1.0.0', seen: 'serves v1.0.0', problems: [] },
  ],
  lanes: [
    {
      target: 'api on host-1',
      spans: [
        { from: at(0), to: at(5), serves: 'old', answer: 'v1.0.0' },
        { from: at(5), to: at(5.1), serves: 'nothing', answer: 'nothing answers' },
        { from: at(5.1), to: at(12), serves: 'new', answer: 'v1.1.0' },
        { from: at(12), to: at(13), serves: 'other', answer: 'f'.repeat(40) },
        { from: at(13), to: at(20), serves: 'old', answer: 'v1.0.0' },
      ],
    },
    { target: 'worker on host-1', spans: [{ from: at(0), to: at(20), serves: 'empty', answer: 'nothing answers' }] },
  ],
  clients: [
    {
      where: 'api on host-1',
      sent: 400,
      failed: 3,
      p99Ms: 12,
      failures: ['3 × ECONNREFUSED'],
      seconds: [
        { at: at(0), old: 20, new: 0, other: 0, failed: 0 },
        { at: at(5), old: 1, new: 16, other: 0, failed: 3 },
        { at: at(6), old: 0, new: 20, other: 1, failed: 0 },
      ],
    },
  ],
  moments: [
    { at: at(0.2), kind: 'job', text: 'build ends: success' },
    { at: at(4), kind: 'armed', text: 'api on host-1: armed, rolls back in 600 s' },
    { at: at(11), kind: 'fault', text: 'release/smoke: reported as failed after it succeeded' },
    { at: at(11), kind: 'failure', text: 'release/smoke failed' },
    { at: at(11.5), kind: 'decision', text: 'decision: undo, because release/smoke failed' },
    { at: at(19), kind: 'job', text: 'release ends: failure' },
    { at: at(20), kind: 'end', text: 'all is as promised' },
  ],
  steps: [
    {
      path: 'release/api',
      stage: 'main',
      from: at(1),
      to: at(10),
      outcome: 'success',
      phases: [],
      notes: [],
      log: '',
    },
    {
      path: 'release/api/deploy-ssh',
      stage: 'main',
      from: at(1),
      to: at(6),
      outcome: 'success',
      phases: [
        { at: at(1.2), name: 'connect', host: undefined },
        { at: at(4.5), name: 'restart', host: 'host-1' },
        { at: at(4.9), name: 'restart', host: 'host-2' },
      ],
      notes: ['armed, rolls back in 600 s'],
      log: 'connected to host-1\nrestarted',
    },
    {
      path: 'release/smoke',
      stage: 'main',
      from: at(10),
      to: at(11),
      outcome: 'failure',
      phases: [],
      notes: ['error: reported as failed'],
      log: 'curl: (22) The requested URL returned error: 500',
    },
    {
      path: 'release/api/health-gate',
      stage: 'post',
      from: at(11),
      to: at(11.1),
      outcome: 'success',
      phases: [],
      notes: [],
      log: '',
    },
    {
      path: 'release/api/deploy-ssh',
      stage: 'post',
      from: at(11.5),
      to: at(13),
      outcome: 'success',
      phases: [{ at: at(11.6), name: 'undo', host: 'host-1' }],
      notes: ['rolled-back: api on host-1'],
      log: 'rolled back',
    },
  ],
  messages: [
    {
      channel: '#releases',
      versions: [
        { at: at(2), lines: ['⏳ qa · api → b83e5a2 · running'] },
        { at: at(19), lines: ['↩️ qa · api → b83e5a2 · rolled back', 'v1.0.0 serves again on 2 hosts.'] },
      ],
    },
  ],
}

export const wrong: RunReport = {
  ...rolledBack,
  title: 'v1.1.0 to production: over v1.0.0, lose-runner at release/smoke',
  sentence: 'v1.1.0 lost its runner in release/smoke; v1.1.0 serves',
  problems: ['api on host-1 must report v1.0.0, but is v1.1.0'],
  checks: [
    {
      what: 'api on host-1',
      promised: 'serves v1.0.0',
      seen: 'serves v1.1.0',
      problems: ['api on host-1 must report v1.0.0, but is v1.1.0'],
    },
  ],
}

export function reportOf(...runs: readonly RunReport[]): RehearsalReport {
  return {
    subject: 'examples/vps-systemd',
    command: 'npm run rehearse -- --break release/smoke',
    startedAt: at(0),
    endedAt: at(40),
    lines: ['Hosts     host-1 and host-2', 'Fakes     local servers replace Slack and GitHub.'],
    runs,
    asked: runs.length,
  }
}

/** What somebody could put into a name, a version, a log or a message. */
export const hostile = [
  '</pre></script></style><script>pwned=1;alert(1)</script>',
  '<img src="http://127.0.0.1:9/x" onerror="pwned=1;alert(1)">',
  `"'><svg onload='pwned=1'> javascript:alert(1) &lt;b&gt; <!-- ]]> {{x}} \${x}`,
  '\u0000\u0007\u001b[31mred\u001b[0m \u202egnp.exe\u202c \u2066x\u2069 \ud800',
  'W'.repeat(500),
].join(' ')

/** Words of the model that are the project's own. */
const own = new Set(['old', 'new', 'nothing', 'empty', 'other', 'success', 'failure', 'main', 'post'])
const kinds = new Set(['fault', 'failure', 'armed', 'decision', 'job', 'end'])

/** The same report with more at the end of every text. `everywhere`: of the project's own words too. */
export function spoiled(report: RehearsalReport, more: string, { everywhere = false } = {}): RehearsalReport {
  return mapTexts(report, (text) => (!everywhere && (own.has(text) || kinds.has(text)) ? text : `${text} ${more}`))
}
