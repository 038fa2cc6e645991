import type { Confirmers } from '@belay/action-kit'
import { postConfirmer } from '@belay/host'

/** Every kind of target that a step of a job may arm. A new kind is added here and nowhere else. */
export const confirmers: Confirmers = { ssh: postConfirmer }
