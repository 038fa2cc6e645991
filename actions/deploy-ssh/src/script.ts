import { readFileSync } from 'node:fs'
import { composeHostScript, deployProtocol } from '@belay/host'
import { remedies } from './refusals.ts'

const driver = readFileSync(new URL('./driver.sh', import.meta.url), 'utf8')
const systemd = readFileSync(new URL('./drivers/systemd.sh', import.meta.url), 'utf8')
const command = readFileSync(new URL('./drivers/command.sh', import.meta.url), 'utf8')
const none = readFileSync(new URL('./drivers/none.sh', import.meta.url), 'utf8')
const compose = readFileSync(new URL('./drivers/compose.sh', import.meta.url), 'utf8')
const part = readFileSync(new URL('./deploy.sh', import.meta.url), 'utf8')
const check = readFileSync(new URL('./check.sh', import.meta.url), 'utf8')
const preflight = readFileSync(new URL('./preflight.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./slots.sh', import.meta.url), 'utf8')

/** deploy-ssh's host script: the shared part, the drivers (one for each way to run a service) and its own part. */
export const script = composeHostScript(
  'deploy-ssh',
  [driver, systemd, command, compose, none, part, check, preflight, slots].join('\n'),
  { commands: deployProtocol.commands, remedies },
)
