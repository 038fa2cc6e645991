import { expect, test } from 'vitest'
import { backendOf, isBehindHaproxy, routesIn } from '../../src/repository/haproxy.ts'
import { foundHaproxy } from '../../src/repository/unit-files.ts'

const behind = { slots: ['5001', '5011'], inputs: { driver: 'haproxy' } }

/** As HAProxy 2.6 prints them: name, address, operation, administrative state, weight, and at the end name and port. */
const server = ({ backend = 'shop-qa', place = '127.0.0.1', admin = 0, weight = 100, dns = '-', port = 0 }) =>
  `3 ${backend} 1 ${place.replaceAll('.', '-')} ${place} 2 ${admin} ${weight} 100 7 6 3 7 6 0 0 0 ${dns} ${port} - 0 0 - - 0`

test('a server of the backend gets traffic that has weight and is in no maintenance', () => {
  const state = [
    '1',
    '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight …',
    server({ port: 5001 }),
    server({ port: 5011, weight: 0 }),
    server({ port: 5002, admin: 1 }),
    server({ port: 5003, admin: 8 }),
    server({ port: 5004, place: '10.0.0.3', weight: 3, dns: 'app3.example.com' }),
    server({ port: 5005, backend: 'shop' }),
    '',
  ].join('\n')
  expect(routesIn(state, 'shop-qa')).toBe(
    'server 127.0.0.1:5001;\nserver 10.0.0.3:5004;\nserver app3.example.com:5004;\n',
  )
  expect(routesIn('', 'shop-qa')).toBe('')
})

test('its names are those of the inputs, else the defaults of blue-green-switch', () => {
  const unit = { service: 'shop', environment: 'qa', inputs: {} }
  expect(backendOf(unit)).toEqual({
    name: 'shop-qa',
    socket: '/run/haproxy/admin.sock',
    stateFile: '/var/lib/haproxy/belay/server-state',
  })
  const inputs = { backend: 'web', socket: '/run/h.sock', 'state-file': '/srv/state' }
  expect(backendOf({ ...unit, inputs })).toEqual({ name: 'web', socket: '/run/h.sock', stateFile: '/srv/state' })
})

test('its configuration is found by its name if there is one such file, and only where a service is behind it', () => {
  expect(isBehindHaproxy(behind)).toBe(true)
  const found = (files: string[], unit = behind) => foundHaproxy([unit], files)['/etc/haproxy/haproxy.cfg']
  expect(found(['deploy/haproxy.cfg', 'deploy/x'])).toBe('deploy/haproxy.cfg')
  expect(found(['qa/haproxy.cfg', 'production/haproxy.cfg'])).toBeUndefined()
  expect(found(['haproxy.cfg'], { ...behind, slots: [] })).toBeUndefined()
  expect(found(['haproxy.cfg'], { ...behind, inputs: { driver: 'nginx' } })).toBeUndefined()
})
