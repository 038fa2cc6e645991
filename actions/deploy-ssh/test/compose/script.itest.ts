import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchDocker } from '@belay/test-hosts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptFile } from '../support/script-file.ts'

const shells = [['dash'], ['busybox', 'sh'], ['bash', '--posix']]

/** Runs lines in a shell that has read the script; what they printed. */
function run(shell: readonly string[], lines: string, input = ''): string {
  const [program = '', ...args] = shell
  const { stdout, stderr } = spawnSync(program, [...args, '-c', `. '${scriptFile}'\n${lines}`], {
    input,
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stderr).toBe('')
  return stdout
}

const digest = (letter: string) => `r.example:5000/a/b@sha256:${letter.repeat(64)}`

describe.each(shells)('in %s %s', (...given) => {
  const shell = given.filter((word) => word !== undefined)

  describe('which services are released', () => {
    test.each([
      ['$APP', 'app/APP/optional'],
      ['${APP}', 'app/APP/optional'],
      ['${APP:-acme/app:v1}', 'app/APP/optional'],
      ['${APP-}', 'app/APP/optional'],
      ['${APP:?is set by a release, \\"really\\"}', 'app/APP/required'],
      ['${APP?}', 'app/APP/required'],
      ['acme/app:v1', ''],
      ['acme/app:${TAG}', ''],
      ['${APP}:v1', ''],
      ['$APP:v1', ''],
      ['$APP-x', ''],
      ['${REGISTRY}${APP}', ''],
      ['${REGISTRY}/x/${APP}', ''],
      ['${APP:-$OTHER}', ''],
      ['${APP:+x}', ''],
      ['${1}', ''],
      ['$', ''],
    ])('image %s', (image, found) => {
      const text = ['{', '  "services": {', '    "app": {', `      "image": "${image}"`, '    }', '  }', '}'].join('\n')
      expect(run(shell, 'compose_read', `${text}\n`).trim()).toBe(found && `image ${found}`)
    })

    const one = 'app/APP/required\nworker/APP/optional'
    const two = 'a/APP_A/required\nb/APP_B/required\ndb/DB/optional'
    test.each([
      ['one variable', '', one, '', "r_compose='-/app/APP/required -/worker/APP/optional'"],
      ['none', '', '', '', 'variable-missing no service'],
      ['two without slots', '', two, '', 'more than one variable, APP_A APP_B DB: without slots'],
      ['slots', '5006 5016', two, 'a/5006\nb/5016\nweb/80', "r_compose='5006/a/APP_A/required 5016/b/APP_B/required'"],
      ['a port that no service has', '5006 5016', two, 'a/5006', 'publishes port 5016'],
      ['a port of a service that is not released', '5006 5016', two, 'a/5006\nweb/5016', 'publishes port 5016'],
      ['a port that two have', '5006 5016', two, 'a/5006\nb/5006\nb/5016', 'more than one service'],
      [
        'one variable for both',
        '5006 5016',
        'a/APP/optional\nb/APP/optional',
        'a/5006\nb/5016',
        'have their image from APP',
      ],
    ])('%s', (_, slots, images, ports, said) => {
      const lines = `r_restart=/srv/x/y r_slots='${slots}'; compose_choose '${images}' '${ports}'`
      expect(run(shell, lines)).toContain(said)
    })
  })

  describe('what Compose prints', () => {
    const config = {
      name: 'shop',
      configs: { app: { name: 'shop_app', image: '$CONFIG', ports: [{ published: '1' }] } },
      services: {
        app: {
          build: { args: { published: '2', image: '$ARG' } },
          command: ['sh', '-c', 'echo "{\\"a\\": {\\"b\\": [1, 2]", {', '{"a": [1', '  '],
          environment: { image: '$NOT', published: '3', EMPTY: null, SPACES: '  }' },
          image: '${APP:?say "which", {please}}',
          labels: {},
          networks: { image: null },
          ports: [
            { mode: 'ingress', target: 3000, published: '5006' },
            { target: 3001, published: 5007 },
          ],
        },
        db: { image: 'postgres:15', ports: [] },
        worker: { image: '$WORKER', deploy: { labels: { published: '4' } } },
      },
      volumes: { worker: { name: 'shop_worker' } },
    }
    const read = (text: string) => run(shell, 'compose_read; printf "=%s" $?', text)

    test('is read where it stands, and nowhere else', () => {
      const found = ['project shop', 'image app/APP/required', 'port app/5006', 'port app/5007']
      const text = JSON.stringify(config, null, 2)
      for (const ending of ['', '\n'])
        expect(read(text + ending)).toBe([...found, 'image worker/WORKER/optional', '=0'].join('\n'))
    })

    test.each([
      ['nothing', '', '0'],
      ['one line', JSON.stringify(config), '1'],
      ['one line, with spaces', JSON.stringify(config, null, 1).replaceAll(/\n */g, ' '), '1'],
      ['four spaces a level', JSON.stringify(config, null, 4), '2'],
      ['one space a level', JSON.stringify(config, null, 1), '2'],
      ['tabs', JSON.stringify(config, null, '\t'), '2'],
      ['no space after a colon', JSON.stringify(config, null, 2).replaceAll('": ', '":'), '2'],
      [
        'lists in one line',
        '{\n  "services": {\n    "app": {\n      "ports": [{"published": "1"}]\n    }\n  }\n}',
        '4',
      ],
      ['two values a line', '{\n  "services": {\n    "app": {\n      "a": "b", "image": "$APP"\n    }\n  }\n}', '4'],
      ['two numbers a line', '{\n  "a": 1, "b": 2\n}', '2'],
      ['braces on lines of their own', '{\n  "services":\n  {\n  }\n}', '2'],
      ['only the half of it', '{\n  "services": {\n    "app": {\n      "image": "$APP"\n', '4'],
      ['a warning between the lines', '{\n  "name": "x",\ntime="2026-01-01" level=warning msg="obsolete"\n}', '3'],
      ['an empty line', '{\n\n}', '2'],
      ['YAML', 'name: shop\nservices: {}\n', '1'],
    ])('laid out in another way, %s, is refused by its line', (_, text, line) => {
      expect(read(text).split('\n').at(-1)).toBe(`${line}=1`)
    })

    test('and the refusal is one clear word, without what stood there', () => {
      const lines = `r_restart=/srv/x/y r_slots=''; bounded() { cat; }; compose_facts; printf '=%s' $?`
      expect(run(shell, lines, JSON.stringify(config))).toBe(
        'compose-layout line 1 of what `docker compose config --format json` prints in /srv/x/y does not have the layout of Docker ' +
          'Compose 2: Belay cannot read from it which services are released=1',
      )
    })
  })

  describe('the line in .env', () => {
    let folder: string
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'belay-env-'))
      mkdirSync(join(folder, 'work'))
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    const facts = () => `r_restart='${folder}' r_slots='' r_slot='' r_compose='-/app/APP/optional' r_project=none
b_base='${folder}' belay='${folder}' work='${folder}/work' r_previous='' r_manifest='${digest('b')}'
release_in() { :; }; compose_containers() { :; }; compose_place\n`

    const write = (text: string) => writeFileSync(join(folder, '.env'), text, { mode: 0o640 })
    const read = () => readFileSync(join(folder, '.env'), 'utf8')

    test.each([
      ['APP=x', 'x'],
      ['export APP = "x"', 'x'],
      ["  APP='x' # comment", 'x'],
      ['APP: x', 'x'],
      ['APP=', ''],
    ])('%s gives it the value "%s"', (line, value) => {
      write(`A=1\n${line}\nAPPLE=2\n#APP=y\nMY_APP=3\n`)
      expect(run(shell, `${facts()}env_line && printf '%s|' "$e_line" && env_value "$e_line"`)).toBe(`${line}|${value}`)
    })

    test.each([
      ['a line between others', 'A=1\nAPP=old:1 # by hand\nB="a  b"\\n\n', `A=1\nAPP=${digest('b')}\nB="a  b"\\n\n`],
      ['no line', 'A=1\n', `A=1\nAPP=${digest('b')}\n`],
      ['no newline at the end', 'A=1', `A=1\nAPP=${digest('b')}\n`],
      ['an empty file', '', `APP=${digest('b')}\n`],
      ['lines of another system', 'A=1\r\nAPP=x\r\nB=2\r\n', `A=1\r\nAPP=${digest('b')}\nB=2\r\n`],
    ])('%s: set, and back to the byte', (_, before, after) => {
      write(before)
      chmodSync(join(folder, '.env'), 0o640)
      const done = run(
        shell,
        `${facts()}compose_prepare && env_put forward && cat "$env_file" && env_put back; printf '%s' $?`,
      )
      expect(done).toBe(`${after}0`)
      expect(read()).toBe(before)
      expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o640)
      run(shell, `${facts()}compose_tidy`)
      expect(readdirSync(folder).sort()).toEqual(['.env', 'work'])
    })

    test.each([
      ['another line was added', 'A=1\nAPP=old\n', 'printf "C=3\\n" >>"$env_file"', '0', 'A=1\nAPP=old\nC=3\n'],
      ['it was taken out', 'APP=old\n', ': >"$env_file"', '1', ''],
      ['it was set to something else', 'APP=old\n', 'echo APP=mine >"$env_file"', '1', 'APP=mine\n'],
      ['it was put back by hand', 'APP=old\n', 'echo APP=old >"$env_file"', '0', 'APP=old\n'],
    ])('since then %s', (_, before, change, status, after) => {
      write(before)
      const done = run(shell, `${facts()}compose_prepare && env_put forward; ${change}; env_put back; printf '%s' $?`)
      expect(done).toBe(status)
      expect(read()).toBe(after)
    })

    test('two lines for it are refused, and nothing is written', () => {
      write('APP=a\nAPP=b\n')
      expect(run(shell, `${facts()}compose_prepare; printf '%s %s' $? "$why"`)).toMatch(
        /^1 .*gives APP 2 times: leave one$/,
      )
      expect(read()).toBe('APP=a\nAPP=b\n')
    })

    test('what was committed comes back where a hand had changed the line', () => {
      write('APP=by-hand\n')
      mkdirSync(join(folder, 'releases/old'), { recursive: true })
      writeFileSync(join(folder, 'releases/old/image'), `${digest('a')}\n`)
      run(shell, `${facts()}r_previous=old; compose_prepare && env_put forward && env_put back`)
      expect(read()).toBe(`APP=${digest('a')}\n`)
    })

    test('two services of one folder write their lines at the same time', () => {
      write('')
      const names = ['ONE', 'TWO', 'THREE', 'FOUR']
      const each = names.map((name) => {
        mkdirSync(join(folder, name))
        return `( work='${folder}/${name}' r_compose='-/x/${name}/optional'; compose_prepare && env_put forward ) &`
      })
      run(shell, `${facts()}${each.join('\n')}\nwait`)
      expect(read().split('\n').sort()).toEqual(['', ...names.map((name) => `${name}=${digest('b')}`)].sort())
    })
  })

  test.each([
    [
      'Error response from daemon: Get "http://r/v2/": unauthorized: incorrect username or password',
      'registry-refused',
    ],
    ['Error response from daemon: pull access denied for x, repository does not exist', 'registry-refused'],
    [
      'Error response from daemon: manifest for x@sha256:a not found: manifest unknown: manifest unknown',
      'image-missing',
    ],
    ['write /var/lib/docker/x: no space left on device', 'disk-full'],
    ['Error response from daemon: Get "https://r/v2/": dial tcp: connection refused', 'pull-failed'],
  ])('what a registry said: %s', (said, code) => {
    expect(run(shell, `registry_code '${said}'`)).toBe(code)
  })
})

test.each(['trixie', 'forky'] as const)('what Compose of %s prints is read', (suite) => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-compose-'))
  try {
    writeFileSync(
      join(folder, 'compose.yml'),
      `services:
  app-a: { image: "\${APP_A:?}", ports: ["\${ADDRESS}:\${PORT:-5006}:3000", "9000"], environment: { image: "$NOT", published: "1" } }
  app-b: { image: $APP_B, ports: [{ target: 3000, published: "5016", host_ip: 127.0.0.1 }] }
  db: { image: "postgres:15", networks: [image] }
networks: { image: {} }
`,
    )
    const compose = (...args: string[]) =>
      execFileSync(
        join(fetchDocker(suite).plugins, 'docker-compose'),
        ['--project-directory', folder, 'config', ...args],
        {
          env: { APP_A: 'a', APP_B: 'b', ADDRESS: '127.0.0.1', PATH: process.env.PATH },
          encoding: 'utf8',
        },
      )
    const read = (text: string) => run(['dash'], 'compose_read; printf "=%s" $?', text).split('\n')
    expect(read(compose('--no-interpolate', '--format', 'json'))).toEqual(
      expect.arrayContaining(['image app-a/APP_A/required', 'image app-b/APP_B/optional', '=0']),
    )
    const [project, ...ports] = read(compose('--format', 'json'))
    expect(project).toMatch(/^project belay-compose-/)
    expect(ports).toEqual(['port app-a/5006', 'port app-b/5016', '=0'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
