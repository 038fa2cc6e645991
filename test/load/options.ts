import { parseArgs } from 'node:util'

export const drivers = ['nginx', 'haproxy'] as const
export type Driver = (typeof drivers)[number]

export interface Options {
  /** At least so many requests a driver, on Belay's side. */
  readonly requests: number
  /** Requests a second to each proxy. */
  readonly rate: number
  readonly drivers: readonly Driver[]
}

/** @throws Error that says what is allowed */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string', default: '100000' },
      rate: { type: 'string', default: '400' },
      driver: { type: 'string', multiple: true, default: [...drivers] },
    },
  })
  return {
    requests: numberOf('requests', values.requests),
    rate: numberOf('rate', values.rate),
    drivers: values.driver.map((name) => {
      const driver = drivers.find((known) => known === name)
      if (!driver) throw new Error(`--driver must be ${drivers.join(' or ')}, not ${name}.`)
      return driver
    }),
  }
}

function numberOf(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} must be a whole number above zero, not ${text}.`)
  return Number(text)
}
