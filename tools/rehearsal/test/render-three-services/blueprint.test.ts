import { expect, test } from 'vitest'
import { commitsFor } from '../../src/render-account.ts'
import { code, specs } from '../../src/render-three-services/services.ts'

test('the local Render has what render.yaml says', () => {
  expect(specs).toEqual([
    { name: 'acme-database', type: 'private_service', paths: ['Dockerfile'], disk: true },
    {
      name: 'acme-api',
      type: 'web_service',
      rootDir: 'api',
      healthCheckPath: '/api/health',
      needs: ['acme-database'],
    },
    { name: 'acme-frontend', type: 'static_site', rootDir: 'frontend', healthCheckPath: '/', needs: ['acme-api'] },
  ])
})

test('v2 changes every service but the one that rehearsal.yml names', () => {
  const commits = commitsFor(specs, code.settings.render)
  const [before, first, second] = commits.map(({ files = {} }) => files)
  const changed = (a: typeof first = {}, b: typeof first = {}) => Object.keys(b).filter((path) => a[path] !== b[path])
  expect(changed(before, first)).toEqual(['Dockerfile', 'api/index', 'frontend/index', 'README.md'])
  expect(changed(first, second)).toEqual(['api/index', 'frontend/index', 'README.md'])
  expect(commits.map(({ parents }) => parents)).toEqual([[], [commits[0]?.sha], [commits[1]?.sha]])
})
