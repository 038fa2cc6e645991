import { type LoadClient, type LoadReport, startLoadClient } from '@belay/load'

/** What the two kinds of clients saw of one proxy. */
export interface Watched {
  readonly fresh: LoadReport
  readonly keepAlive: LoadReport
}

export interface Watch {
  /** Stops the requests and returns the reports. */
  stop(): Promise<Watched>
}

/** Sends a proxy `rate` requests a second, half of them from each kind of client, until it is stopped. */
export async function watch(url: string, rate: number): Promise<Watch> {
  const start = (connections: 'fresh' | 'keep-alive') =>
    startLoadClient({ url, rate: rate / 2, connections, versionOf: 'sha' })
  const fresh = await start('fresh')
  const keepAlive = await startOrStop(() => start('keep-alive'), fresh)
  return {
    async stop() {
      const [one, other] = await Promise.all([fresh.stop(), keepAlive.stop()])
      return { fresh: one, keepAlive: other }
    },
  }
}

async function startOrStop(start: () => Promise<LoadClient>, before: LoadClient): Promise<LoadClient> {
  try {
    return await start()
  } catch (error) {
    await before.stop()
    throw error
  }
}

/** Codes and statuses of failures with their numbers: `ECONNRESET 3, 502 1`. */
export function causesOf({ failed }: LoadReport): string {
  const counts = Map.groupBy(failed, ({ code, status }) => code ?? String(status))
  return [...counts].map(([cause, some]) => `${cause} ${some.length}`).join(', ')
}
