import { describe, expect, test } from 'vitest'
import { allowedWithoutPassword } from '../src/sudo.ts'

const restart = 'systemctl restart acme'
const stop = 'systemctl stop acme'
const resetFailed = 'systemctl reset-failed acme'

// Printed by `sudo -n -ll` of sudo 1.9.13 for the sudoers lines that name each case.
const head = `Matching Defaults entries for deploy on web1:
    env_reset, mail_badpass

User deploy may run the following commands on web1:
`

interface Entry {
  users?: string
  groups?: string
  options?: string
  commands: string[]
}

/** A listing as sudo prints it: what it does not know of an entry it leaves out. */
function listing(...entries: Entry[]): string[] {
  const text = entries.map(({ users = 'root', groups, options, commands }) =>
    [
      '',
      'Sudoers entry:',
      `    RunAsUsers: ${users}`,
      ...(groups ? [`    RunAsGroups: ${groups}`] : []),
      ...(options ? [`    Options: ${options}`] : []),
      '    Commands:',
      ...commands.map((command) => `\t${command}`),
    ].join('\n'),
  )
  return `${head}${text.join('\n')}\n`.split('\n')
}

const free = '!authenticate'
const line = (verb: string, unit = 'acme') => `/usr/bin/systemctl ${verb} ${unit}`

describe('sudo lets it run without a password', () => {
  test.each<[string, string[], string]>([
    ['by its literal line', listing({ options: free, commands: [line('restart')] }), restart],
    ['by one of several lines', listing({ options: free, commands: [line('restart'), line('stop')] }), stop],
    [
      'by a second entry',
      listing({ options: free, commands: [line('restart')] }, { options: free, commands: [line('stop')] }),
      stop,
    ],
    ['by a line without arguments', listing({ options: free, commands: ['/usr/bin/systemctl'] }), restart],
    ['by ALL', listing({ users: 'ALL', groups: 'ALL', options: free, commands: ['ALL'] }), restart],
    ['from another folder', listing({ options: free, commands: ['/bin/systemctl restart acme'] }), restart],
    [
      'with other options beside',
      listing({ options: `setenv, noexec, ${free}`, commands: [line('restart')] }),
      restart,
    ],
    [
      'by a later entry, where an earlier one asks for a password',
      listing({ users: 'ALL', groups: 'ALL', commands: ['ALL'] }, { options: free, commands: [line('restart')] }),
      restart,
    ],
    // sudo shows a colon as it must be written in sudoers.
    [
      'for a unit with a colon',
      listing({ options: free, commands: [line('restart', 'acme@1\\:2.service')] }),
      'systemctl restart acme@1:2.service',
    ],
    // Tried with sudo itself: an entry for other users says nothing about root's.
    [
      'by an earlier entry, where a later one is for another user',
      listing({ options: free, commands: [line('restart')] }, { users: 'www-data', options: free, commands: ['ALL'] }),
      restart,
    ],
  ])('%s', (_, printed, command) => {
    expect(allowedWithoutPassword(printed, command)).toBe(true)
  })
})

describe('sudo does not let it run, or asks for a password', () => {
  test.each<[string, string[], string]>([
    ['nothing is allowed', ['sudo: a password is required'], restart],
    ['the listing is empty', [], restart],
    ['another verb', listing({ options: free, commands: [line('restart')] }), stop],
    ['another unit', listing({ options: free, commands: [line('restart', 'acme-api')] }), restart],
    ['literal means literal', listing({ options: free, commands: [line('restart', 'acme.service')] }), restart],
    ['a password is asked for', listing({ commands: [line('restart')] }), restart],
    [
      'a password is asked for, in so many words',
      listing({ options: 'authenticate', commands: [line('restart')] }),
      restart,
    ],
    [
      'one of three lines asks',
      listing(
        { options: free, commands: [line('restart')] },
        { options: 'authenticate', commands: [line('stop')] },
        { options: free, commands: [line('reset-failed')] },
      ),
      stop,
    ],
    [
      'a later entry asks',
      listing({ options: free, commands: [line('restart')] }, { options: 'authenticate', commands: [line('restart')] }),
      restart,
    ],
    ['as another user', listing({ users: 'www-data', options: free, commands: [line('restart')] }), restart],
    [
      'as another group only',
      listing({ users: 'deploy', groups: 'adm', options: free, commands: [line('restart')] }),
      restart,
    ],
    ['as all but root', listing({ users: 'ALL, !root', options: free, commands: [line('restart')] }), restart],
    ['ALL but this', listing({ options: free, commands: ['ALL', `!${line('stop')}`] }), stop],
    ['without arguments only', listing({ options: free, commands: ['/usr/bin/systemctl ""'] }), restart],
    [
      'another program of that name’s end',
      listing({ options: free, commands: ['/usr/bin/not-systemctl restart acme'] }),
      restart,
    ],
  ])('%s', (_, printed, command) => {
    expect(allowedWithoutPassword(printed, command)).toBe(false)
  })
})

test('of three lines the one that asks is the one that is missing', () => {
  const printed = listing(
    { options: free, commands: [line('restart')] },
    { options: 'authenticate', commands: [line('stop')] },
    { options: free, commands: [line('reset-failed')] },
  )
  expect([restart, stop, resetFailed].map((command) => allowedWithoutPassword(printed, command))).toEqual([
    true,
    false,
    true,
  ])
})

test('a whole listing, as it was printed', () => {
  const printed = `${head}
Sudoers entry:
    RunAsUsers: root
    Options: !authenticate
    Commands:
\t/usr/bin/systemctl restart acme-api-qa
\t/usr/bin/systemctl stop acme-api-qa

Sudoers entry:
    RunAsUsers: root
    Options: !authenticate
    Commands:
\t/usr/bin/systemctl reset-failed acme-api-qa
`.split('\n')
  const lines = (unit: string) => ['restart', 'stop', 'reset-failed'].map((verb) => `systemctl ${verb} ${unit}`)
  expect(lines('acme-api-qa').map((command) => allowedWithoutPassword(printed, command))).toEqual([true, true, true])
  expect(lines('acme-api').map((command) => allowedWithoutPassword(printed, command))).toEqual([false, false, false])
})
