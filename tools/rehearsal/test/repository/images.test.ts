import { describe, expect, test } from 'vitest'
import { othersIn } from '../../src/repository/compose-server.ts'
import { basesIn, composeImagesIn, foundCompose, imageSource, inRegistry } from '../../src/repository/images.ts'
import { openRepository } from '../../src/repository/repository.ts'
import { tides, variablesOfTides } from '../foreign/tides.ts'
import { makeRepository } from './my-service.ts'

const path = '.github/workflows/qa.yml'
const qa = tides[path] ?? ''

/** What is refused of the service with these files instead, and these variables besides; empty: nothing. */
async function refused(changed: Readonly<Record<string, string>>, more: readonly object[] = []): Promise<string> {
  const { root, vars } = makeRepository('tides', { ...tides, ...changed }, [...variablesOfTides, ...more])
  try {
    const repository = await openRepository({ repository: root, workflow: undefined, environment: undefined, vars })
    repository.close()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test('a service that Docker Compose runs, with its image built by build-image, is rehearsed', async () => {
  expect(await refused({})).toBe('')
})

describe('what cannot be rehearsed of it is said with the line that helps:', () => {
  const step = 'actions/build-image@0000000000000000000000000000000000000000'
  test.each<[string, Readonly<Record<string, string>>, readonly object[], string[]]>([
    [
      'a base that has to be pulled',
      { Dockerfile: 'FROM golang:1.24 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /tides /\n' },
      [],
      ['Dockerfile cannot start from golang:1.24.', 'start the image from scratch'],
    ],
    [
      'an image that the workflow names',
      { [path]: qa.replace('${{ vars.BELAY_IMAGE }}', 'ghcr.io/acme/tides') },
      [],
      ['qa.yml, build/image: the image is named in the workflow', 'write image: ${{ vars.BELAY_IMAGE }}'],
    ],
    [
      'a variable that is not given',
      { [path]: qa.replace('vars.BELAY_IMAGE', 'vars.TIDES_IMAGE') },
      [],
      ['the variable TIDES_IMAGE, which names the image, is not known', '{"TIDES_IMAGE": "ghcr.io/acme/shop"}'],
    ],
    [
      'Docker in a command of its own',
      { [path]: qa.replace('go build', 'docker build -t "$IMAGE" . && go build') },
      [],
      ['qa.yml, build/run-3: your commands run without root', 'build-image build and push'],
    ],
    [
      'tags that a release moves',
      {
        [path]: `${qa}      - uses: belay-actions/belay/${step}\n        with: { command: promote, environment: qa }\n`,
      },
      [],
      ['the tags that it moves are not rehearsed', '--example compose'],
    ],
    [
      'two slots',
      {},
      [{ name: 'BELAY_SLOTS', value: '5001 5011' }],
      ['two slots in Docker Compose need a proxy in a container', '--example compose'],
    ],
    [
      'another image in the Compose file',
      { 'deploy/compose.yml': `${tides['deploy/compose.yml']}  db: { image: 'mariadb:11' }\n` },
      [],
      ['they cannot pull mariadb:11', 'they have postgres:15, redis:7, nginx:1'],
    ],
    [
      'a Compose file that builds',
      { 'deploy/compose.yml': 'services: { tides: { build: . } }\n' },
      [],
      ['the Compose file builds tides', 'write image: ${NAME} instead of build:'],
    ],
    [
      'two Compose files',
      { 'compose.yml': 'services: {}\n' },
      [],
      [
        'not known which file Docker Compose reads in /srv/tides/compose',
        'hosts: { files: { /srv/tides/compose/compose.yml: deploy/compose.yml } }',
      ],
    ],
    [
      'another login',
      {},
      [{ name: 'BELAY_HOSTS', value: 'ada@tides.example.org:2222' }],
      ['lets in only deploy, on port 22, not ada on port 2222', 'BELAY_HOSTS as deploy@tides.example.org'],
    ],
    [
      'a folder that is the machine’s',
      {},
      [{ name: 'BELAY_RESTART', value: 'compose:/opt/tides' }],
      ['can be written to, not /opt/tides', 'compose:/srv/tides/compose'],
    ],
    [
      'packages of Debian',
      { 'rehearsal.yml': 'hosts: { packages: [redis-server] }\n' },
      [],
      ['cannot get redis-server', 'leave hosts.packages out'],
    ],
    [
      'a proxy that is no container',
      { 'rehearsal.yml': 'hosts: { files: { /etc/nginx/sites-enabled/tides: Dockerfile } }\n' },
      [],
      ['a proxy on a server with Docker is not there', 'image: nginx:1'],
    ],
    [
      'a database',
      {
        [path]: qa.replace('settings:', 'database-url: ${{ secrets.DATABASE_URL }}\n          settings:'),
        'migrations/001.sql': 'select 1;\n',
      },
      [],
      ['migrates a database, whose password only your servers know', '--workflow'],
    ],
  ])('%s', async (_, changed, more, said) => {
    const message = await refused(changed, more)
    for (const text of said) expect(message).toContain(text)
    expect(message.match(/How to fix: /g)).toHaveLength(1)
  })
})

test('the images that a Dockerfile takes from a registry', () => {
  const text = `# syntax=docker/dockerfile:1
ARG NODE=node:24
ARG BASE=alpine
FROM --platform=$BUILDPLATFORM golang:1.24 AS build
COPY --from=busybox:1 /bin/busybox /
FROM \${BASE}
COPY --from=build /x /
COPY --from=0 /y /
FROM scratch
FROM $NODE
`
  expect(basesIn(text)).toEqual(['docker/dockerfile:1', 'golang:1.24', 'alpine', 'node:24', 'busybox:1'])
  expect(basesIn('ARG BASE=alpine\nFROM $BASE\n', 'COMMIT=1\nBASE=scratch')).toEqual([])
})

test('the images of a Compose file that no release sets', () => {
  const text = `x-app: &app { image: '$APP_IMAGE' }
services:
  app: { <<: *app }
  other: { image: 'ghcr.io/acme/other:\${TAG}' }
  db: { image: 'postgres:15' }
  web: { build: ./web }
`
  expect(composeImagesIn(text)).toEqual({ named: ['postgres:15'], built: ['web'] })
  expect(composeImagesIn('a: [')).toEqual({ named: [], built: [] })
})

test('the containers that no release changes', () => {
  const listed = '127.0.0.1:1/acme/tides@sha256:0 a1 tides-tides-1\nredis:7 b2 tides-cache-1\n127.0.0.1:12/x c3 other'
  expect(othersIn(listed, '127.0.0.1:1')).toEqual({ 'tides-cache-1': 'b2', other: 'c3' })
  expect(othersIn('', '127.0.0.1:1')).toEqual({})
})

test('the Compose file of a repository', () => {
  const units = [{ restart: 'compose:/srv/a' }, { restart: 'systemd:b' }]
  expect(foundCompose(units, {}, ['x/compose.yml', 'y'])).toEqual({ '/srv/a/compose.yml': 'x/compose.yml' })
  expect(foundCompose(units, { '/srv/a/compose.yaml': 'z.yml' }, ['x/compose.yml'])).toEqual({})
  expect(foundCompose(units, {}, ['compose.yml', 'x/compose.yml'])).toEqual({})
})

test('where a step gets its image from, and its name in the rehearsal’s registry', () => {
  expect(imageSource({ written: { image: '${{ needs.build.outputs.ref }}' } })).toBe('output')
  expect(imageSource({ written: { image: '${{ vars.IMAGE }}' } })).toEqual({ variable: 'IMAGE' })
  expect(imageSource({ written: { settings: '${{ toJSON(vars) }}' } })).toEqual({ variable: 'BELAY_IMAGE' })
  expect(imageSource({ written: { image: 'ghcr.io/${{ github.repository }}' } })).toBeUndefined()
  for (const image of ['ghcr.io/acme/api', 'acme/api', 'localhost:5000/acme/api'])
    expect(inRegistry(image, '127.0.0.1:1')).toBe('127.0.0.1:1/acme/api')
})
