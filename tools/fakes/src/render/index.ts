/** A local Render: its API as docs/research/render-api.md has it, faults by script, real small servers behind it. For tests only. */
export type { DeployOrder, HostedService, ServiceSpec } from './account.ts'
export type { DeployBehaviour, RequestBehaviour } from './behaviour.ts'
export { type Clock, realClock, type VirtualClock, virtualClock } from './clock.ts'
export type { AnswersOfVersion } from './fake-service.ts'
export { type Deploy, type FailureForm, isTerminal, type Service } from './objects.ts'
export { type FakeRender, startFakeRender } from './server.ts'
export {
  type Operation,
  type RenderCall,
  type RenderOptions,
  type RenderSimulation,
  type Reply,
  simulateRender,
} from './simulation.ts'
