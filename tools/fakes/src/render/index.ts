/** A local Render: its API as docs/research/render-api.md has it, faults by script, real small servers behind it. For tests only. */
export type { DeployOrder as Order, HostedService as Place, ServiceSpec } from './account.ts'
export type { DeployBehaviour as Course, RequestBehaviour as Behaviour } from './behaviour.ts'
export { type Clock, realClock, type VirtualClock, virtualClock } from './clock.ts'
export type { AnswersOfVersion as Answers } from './fake-service.ts'
export { type Deploy, type FailureForm, isTerminal, type Service } from './objects.ts'
export { type FakeRender as LocalRender, startFakeRender as startRender } from './server.ts'
export {
  type Operation,
  type RenderCall as Call,
  type RenderOptions,
  type RenderSimulation as Render,
  type Reply,
  simulateRender as makeRender,
} from './simulation.ts'
