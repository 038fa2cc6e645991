import type { TestHost } from '@belay/test-hosts'
import { base } from '../../support/slots.ts'

/** The countdown of what is armed on a host: its file, the time that it ends at, and the host's own time; all in seconds. */
interface Countdown {
  readonly file: string
  readonly until: number
  readonly now: number
  /** It was asked: it ends 60 s later than its file says. */
  readonly isProlonged: boolean
}

/** Seconds until what is armed on the host returns by itself; undefined where nothing is armed. */
export async function secondsLeft(host: TestHost): Promise<number | undefined> {
  const countdown = await countdownOn(host)
  return countdown && countdown.until + (countdown.isProlonged ? 60 : 0) - countdown.now
}

/** From here on the host is where it would be a second before its countdown ends: waits of minutes are not played. */
export async function endCountdown(host: TestHost): Promise<void> {
  const countdown = await countdownOn(host)
  if (!countdown) throw new Error(`${host.name}: nothing is armed`)
  const { file, now, isProlonged } = countdown
  const write = `echo ${now + 1 - (isProlonged ? 60 : 0)} >${file}.test && mv ${file}.test ${file}`
  const { status, stderr } = await host.run(['sh', '-c', write])
  if (status !== 0) throw new Error(`${host.name}: ${write}: ${stderr}`)
}

async function countdownOn(host: TestHost): Promise<Countdown | undefined> {
  const script = `set -e
for state in ${base}/.belay/states/*.armed; do name=\${state##*/}; done
work=${base}/.belay/work/\${name%.*}
read -r until <"$work/deadline"
read -r up _ </proc/uptime
prolonged=no
[ ! -e "$work/prolonged" ] || prolonged=yes
echo "$work/deadline $until \${up%.*} $prolonged"`
  const { status, stdout } = await host.run(['sh', '-c', script])
  if (status !== 0) return undefined
  const [file = '', until, now, prolonged] = stdout.trim().split(' ')
  return { file, until: Number(until), now: Number(now), isProlonged: prolonged === 'yes' }
}
