// Compares what a job on GitHub's own runner saw with what Belay rests on. The evidence comes by the environment, as
// outputs of that job: nothing of its machine is left by now.
import { expectationsFor, type JobEnd, jobEnds } from './expectations.ts'

const env = (name: string) => process.env[name] ?? ''
const way = jobEnds.find((one) => one === env('WAY')) as JobEnd
const { serves = '', notes = [] } = env('OBSERVED') === '' ? {} : JSON.parse(env('OBSERVED'))
const evidence = {
  serves,
  notes,
  result: env('RESULT'),
  mainOutput: env('MAIN_OUTPUT'),
  postOutput: env('POST_OUTPUT'),
}
const expectations = expectationsFor(way, evidence, { old: env('OLD'), new: env('NEW') })
for (const { text, holds } of expectations) console.log(`${holds ? 'holds ' : 'BROKEN'} ${text}`)
const broken = expectations.filter(({ holds }) => !holds)
for (const { text } of broken) console.log(`::error::${way}: not so: ${text}`)
if (broken.length > 0) console.log(JSON.stringify(evidence, null, 2))
process.exitCode = broken.length === 0 ? 0 : 1
