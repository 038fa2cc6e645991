import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { driverContract } from './contract.ts'
import { nginx } from './subjects.ts'

const shared = join(import.meta.dirname, '../../../../packages/host/src/host')

describeIf(canStartProxy('nginx'))('the drain of nginx', () => {
  test.each([
    ['127.0.0.1', '0'],
    ['localhost', '1'],
  ])(
    'with %s in its file, a connection to the same port at another address counts %s times',
    async (named, counted) => {
      const folder = mkdtempSync(join(tmpdir(), 'bd-'))
      const other = createServer().listen(0, '127.0.0.2')
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const client = connect(port, '127.0.0.2')
      await once(client, 'connect')
      try {
        writeFileSync(join(folder, 'active.conf'), `server ${named}:1;\n`)
        const text = `. '${shared}/place.sh'; . '${shared}/proxies/nginx.sh'; r_upstream='${folder}' r_slots='${port} 1'; nginx_inflight ${port}`
        for (const shell of ['dash', 'bash'])
          expect(execFileSync(shell, ['-c', text], { encoding: 'utf8' }).trim()).toBe(counted)
      } finally {
        client.destroy()
        other.close()
        rmSync(folder, { recursive: true })
      }
    },
  )
})

describeIf(canStartProxy('nginx'))('the driver of nginx', () => {
  driverContract(nginx)
})
