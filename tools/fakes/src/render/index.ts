/** A local Render: its API as docs/research/render-api.md has it, faults by script, real little services behind it. For tests only. */
export type { Order, Place, ServiceSpec } from './account.ts'
export type { Behaviour, Course } from './behaviour.ts'
export { type Clock, realClock, type VirtualClock, virtualClock } from './clock.ts'
export type { Answers } from './little-service.ts'
export { type Deploy, type FailureForm, isTerminal, type Service } from './objects.ts'
export { type Call, makeRender, type Operation, type Render, type RenderOptions, type Reply } from './render.ts'
export { type LocalRender, startRender } from './server.ts'
