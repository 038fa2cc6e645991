import { input, note, writeCommand } from './notes.ts'

note('main', 'began')
writeCommand('GITHUB_OUTPUT', 'main', 'seen')
// Written before what comes now, as Belay writes its journal before a change.
writeCommand('GITHUB_STATE', 'kept', 'written ahead')

switch (input('main')) {
  case 'kill':
    process.kill(process.pid, 'SIGKILL')
    break
  case 'hang':
    process.on('SIGINT', () => note('main', 'SIGINT'))
    process.on('SIGTERM', () => note('main', 'SIGTERM'))
    setInterval(() => note('main', 'alive'), 200)
    break
  default:
    note('main', 'ended')
}
