import { Failure } from '@belay/action-kit'
import type { Remedies } from './protocol-types.ts'

/** The failure of a command that a host refused: `text` is the code, then why. */
export function refusalFailure(name: string, text: string, remedies: Remedies): Failure {
  const [code = '', ...why] = text.split(' ')
  return new Failure(code, `${name}: ${why.join(' ')}`, remedies[code])
}
