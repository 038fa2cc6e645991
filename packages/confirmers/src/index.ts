import type { Confirmers } from '@belay/action-kit'

/** Every kind of target that a step of a job may arm. A new kind is added here and nowhere else. */
export const confirmers: Confirmers = {
  async ssh(step) {
    const { postConfirmer } = await import(/* webpackMode: "eager" */ '@belay/host')
    return postConfirmer(step)
  },
}
