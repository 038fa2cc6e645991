import { readFileSync } from 'node:fs'
import { canHaveNetworks, canStartSystemdHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { sampled } from '../../../../test/support/sampled.ts'
import { run, temporaryFile, times } from '../support/program.ts'
import { behindHaproxy } from './behind-haproxy.ts'
import { files, makeMyService } from './my-service.ts'

describeIf(canStartSystemdHosts() ?? canHaveNetworks())('npm run rehearse -- --repository', () => {
  test('releases the working tree and then the same code to a server of the real name', async () => {
    const path = '.github/workflows/qa.yml'
    const line = 'database-url: ${{ secrets.DATABASE_URL }}'
    const { root, vars } = makeMyService({
      [path]: files[path]?.replace('slack-token:', `${line}\n          slack-token:`),
    })
    const { status, output, left } = await run('cli.ts', ['--repository', root, '--vars', vars])
    expect(output).toContain('Secrets   DATABASE_URL: not set, as there is no folder migrations or db/migrations')
    expect(output).toContain('Release   qa.yml: my-service to qa, systemd:my-service-qa, on vps1.example.com')
    expect(output).toMatch(/Secrets {3}SSH_KEY, SLACK_TOKEN, ADMIN_KEY: made up/)
    expect(output).toContain('http://vps1.example.com:8080/health reports v0.0.2')
    expect(times(output, '✓ as promised')).toBe(2)
    expect(output).toMatch(/✓ qa\.yml: v0\.0\.2 was released over v0\.0\.1: [\d,]+ requests, \d+ failed/)
    expect(output).toContain('Slack, #deploys, ')
    expect([status, left]).toEqual([0, []])
  })

  test('a kill in the middle of the restart: the release before serves again', async () => {
    const { root, vars } = makeMyService()
    const args = ['--repository', root, '--vars', vars, '--kill', 'release/release/deploy-ssh']
    const { status, output, left } = await run('cli.ts', args)
    expect(output).toContain('killed in the change | undo: the job failed')
    expect(output).toMatch(/✓ qa\.yml: v0\.0\.2 was killed in the middle of the restart; v0\.0\.1 serve/)
    expect([status, left]).toEqual([0, []])
  })

  // The image of their servers is built first, which takes a minute or two.
  const furnished = [
    {
      kind: 'a service in Python, which its server has as a package',
      files: {
        'server.mjs': `import json, http.server
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open('release.json', 'rb').read())
http.server.HTTPServer(('', 8080), Health).serve_forever()
`,
        'deploy/my-service-qa.service': files['deploy/my-service-qa.service']?.replace('node', 'python3'),
        'rehearsal.yml': 'hosts: { packages: [python3-minimal, libpython3-stdlib] }',
      },
      fault: [],
      last: /✓ qa\.yml: v0\.0\.2 was released over v0\.0\.1/,
    },
    {
      kind: 'two slots behind HAProxy, which ends TLS: no request fails when the switch is killed',
      files: behindHaproxy,
      fault: ['--kill', 'release/release/blue-green-switch'],
      last: /✓ qa\.yml: v0\.0\.2 was killed in the middle of the switch; .*, 0 failed/,
    },
  ]

  test.each(sampled(furnished, ({ kind }) => kind))('$kind', async ({ files, fault, last }) => {
    const { root, vars } = makeMyService(files)
    const { status, output, left } = await run('cli.ts', ['--repository', root, '--vars', vars, ...fault])
    expect(times(output, '✓ as promised')).toBe(2)
    expect(output).toMatch(last)
    expect([status, left]).toEqual([0, []])
  })

  test('a command of rehearsal.yml that fails is named with the line that helps', async () => {
    const { root, vars } = makeMyService({ 'rehearsal.yml': 'hosts: { run: [apt-get install -y python3] }' })
    const { status, output, left } = await run('cli.ts', ['--repository', root, '--vars', vars])
    expect(output).toContain('hosts.run: a command failed with status 100: apt-get install -y python3\n')
    expect(output).toContain('How to fix: the servers reach no network')
    expect(output).not.toContain('    at ')
    expect([status, left]).toEqual([2, []])
  })

  test('a release job reaches no other server, and a workflow that fails by itself is not as promised', async () => {
    const smoke = '#!/bin/sh\necho "with $KEY"\n! curl --silent --max-time 5 http://198.51.100.7/ || exit 9\nexit 22\n'
    const file = temporaryFile('report.html')
    const { root, vars } = makeMyService({ 'deploy/smoke.sh': smoke })
    const { status, output, left } = await run('cli.ts', [
      ...['--repository', root, '--vars', vars],
      ...['--report', file],
    ])
    expect(output).toContain('your workflow ended as failure at release/smoke (exit status 22), without any fault')
    expect(output).toContain('ended well | undo: a later step failed → rolled-back, red, hosts serve old')
    expect([status, left]).toEqual([1, []])
    const page = readFileSync(file, 'utf8')
    expect(page).toContain('✗ Not everything ended as promised: 0 of 2 runs did.')
    expect(page).toContain('release/smoke failed')
    expect(page).toContain('with ***\n')
    expect(page).not.toContain('made-up-')
  })
})
