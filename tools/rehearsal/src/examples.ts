import { compose } from './compose/example.ts'
import type { Example } from './example.ts'
import { kubernetes } from './kubernetes/example.ts'
import { renderThreeServices } from './render-three-services/example.ts'
import { vpsSystemd } from './vps-systemd/example.ts'

/** All that can be rehearsed, the default first. */
export const examples: readonly [Example, ...Example[]] = [vpsSystemd, compose, renderThreeServices, kubernetes]
