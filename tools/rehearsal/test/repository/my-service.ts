import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A small repository as a user writes it: a service, its unit, and QA's workflow. */
export const files: Readonly<Record<string, string>> = {
  'server.mjs': `import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
const { sha } = JSON.parse(readFileSync(new URL('release.json', import.meta.url)))
createServer((_, response) => response.end(JSON.stringify({ status: 'ok', sha }))).listen(8080)
`,
  'build.sh': `#!/bin/sh
set -eu
test "$(git rev-parse HEAD)" = "$GITHUB_SHA"
mkdir -p build/release
cp server.mjs build/release/
printf '{"sha":"%s"}\\n' "$GITHUB_SHA" >build/release/release.json
# More than 1 MiB, of which a part changes: rsync brings it, and builds it from that of the release before.
{ seq 200000; echo "$GITHUB_SHA"; } >build/release/data.txt
tar -C build/release -cf build/my-service.tar .
`,
  'deploy/smoke.sh': `#!/bin/sh
set -eu
test "$(git rev-parse HEAD)" = "$GITHUB_SHA"
curl --fail --silent --show-error --max-time 10 "$URL"
`,
  'deploy/my-service-qa.service': `[Unit]
Description=My service
[Service]
User=www-data
WorkingDirectory=/srv/my-service/qa/current
ExecStart=/usr/bin/node server.mjs
Restart=always
RestartSec=1
[Install]
WantedBy=multi-user.target
`,
  '.github/workflows/qa.yml': `name: QA
on:
  push: { branches: [main] }
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: ./build.sh
      - uses: actions/upload-artifact@v4
        with: { name: my-service, path: build/my-service.tar, if-no-files-found: error }
  release:
    needs: build
    runs-on: ubuntu-latest
    permissions: { contents: read }
    environment: { name: qa, deployment: false }
    steps:
      - uses: actions/checkout@v4
      - uses: belay-actions/belay/actions/release@0000000000000000000000000000000000000000
        with:
          service: my-service
          environment: qa
          settings: \${{ toJSON(vars) }}
          ssh-key: \${{ secrets.SSH_KEY }}
          slack-token: \${{ secrets.SLACK_TOKEN }}
      - { id: smoke, run: ./deploy/smoke.sh, env: { URL: '\${{ vars.BELAY_URLS }}', KEY: '\${{ secrets.ADMIN_KEY }}' } }
`,
  // Without a release, and with what cannot be rehearsed.
  '.github/workflows/lint.yml': `on: { push: { branches: [main] } }
jobs: { lint: { runs-on: ubuntu-latest, services: { db: { image: postgres } }, steps: [{ uses: docker/login-action@v3 }] } }
`,
}

/** The variables of its environment, as \`gh variable list\` prints them. */
export const variables = [
  { name: 'BELAY_HOSTS', value: 'deploy@vps1.example.com' },
  { name: 'BELAY_KNOWN_HOSTS', value: 'vps1.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOfTheRealServer' },
  { name: 'BELAY_URLS', value: 'http://vps1.example.com:8080/health' },
  { name: 'BELAY_CHECK', value: 'http://localhost:8080/health' },
  { name: 'BELAY_SLACK_CHANNEL', value: '#deploys' },
]

export interface Repository {
  readonly root: string
  /** A file with its variables, outside of the repository. */
  readonly vars: string
  git(...args: string[]): string
}

/** Makes the repository with one commit; `changed` files differ from the above, and undefined ones are left out. */
export function makeMyService(changed: Files = {}): Repository {
  return makeRepository('my-service', { ...files, ...changed }, variables)
}

type Files = Readonly<Record<string, string | undefined>>

/** Makes a repository with one commit, and beside it a file with its variables. */
export function makeRepository(name: string, all: Files, vars: readonly object[]): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'bm-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const root = join(folder, name)
  for (const [path, text] of Object.entries(all)) {
    if (text === undefined) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
  }
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim()
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git(...author, 'commit', '--quiet', '--message', 'First')
  const file = join(folder, 'qa.json')
  writeFileSync(file, JSON.stringify(vars))
  return { root, vars: file, git }
}
