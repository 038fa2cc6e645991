import { openSwitchFixture, type SwitchFixture } from '../../actions/blue-green-switch/test/support/fixture.ts'
import { ask } from '../../actions/blue-green-switch/test/support/slots.ts'
import { shaOf } from '../support/fixture.ts'
import { spreadOf } from './series.ts'
import { countRow, type Row } from './table.ts'

/**
 * Traffic there and back on a real proxy: how long a switch takes by the proxy's own word, and how long users still get
 * the new release once a failed job has decided to go back. `limit` in milliseconds holds for the way back.
 */
export async function measureSwitch(driver: 'nginx' | 'haproxy', count: number, limit: number): Promise<Row[]> {
  const closers: (() => unknown)[] = []
  const stage = await openSwitchFixture(
    { onTestFinished: (close) => void closers.push(close as () => unknown) },
    driver,
  )
  try {
    const there: number[] = []
    const back: number[] = []
    for (let round = 0; round < count; round++) {
      const answers = watch(stage)
      const completed = await stage.job({ 'drain-timeout': '0s' }, [{ run: 'exit 1' }])
      const newest = (await answers.stop()).findLast(({ answer }) => answer === shaOf('v2'))
      const decided = completed.record.find(({ event }) => event === 'decided')
      if (completed.belay !== 'rolled-back' || !newest || !decided) throw new Error(completed.log)
      there.push(Number(completed.job.steps[0]?.outputs['switch-ms']))
      back.push(Math.max(0, newest.at - Date.parse(decided.at)))
    }
    const row = (what: string, times: number[], most?: number) =>
      countRow(`${driver}: ${what} (${count})`, Math.round(spreadOf(times).median), ' ms', most)
    return [row('switch', there), row('way back', back, limit)]
  } finally {
    for (const close of closers) await close()
  }
}

/** Asks through the proxy every few milliseconds: what was answered, and when the question was put. */
function watch({ url }: SwitchFixture) {
  const answers: { at: number; answer: string }[] = []
  let stopped = false
  const loop = (async () => {
    while (!stopped) {
      const at = Date.now()
      answers.push({ at, answer: await ask(url).catch((error: Error) => error.message) })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  return {
    async stop() {
      stopped = true
      await loop
      return answers
    },
  }
}
