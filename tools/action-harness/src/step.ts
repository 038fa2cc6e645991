import type { Inputs, Stage, StageOptions, StartedStage } from './stage.ts'

/** One use of an action in a job. */
export interface Step {
  main(inputs?: Inputs, options?: StageOptions): Promise<Stage>
  /** Gets the state of the last main; it may run again, as after a runner that was killed. */
  post(inputs?: Inputs, options?: StageOptions): Promise<Stage>
  /** Starts main without waiting for its end. */
  start(inputs?: Inputs, options?: StageOptions): StartedStage
}

type Start = (kind: 'main' | 'post', inputs: Inputs, options: StageOptions) => StartedStage

/** A step whose stages `start` starts; it keeps the state that main leaves to post. */
export function makeStep(start: Start): Step {
  let state: Readonly<Record<string, string>> = {}
  const step: Step = {
    start(inputs = {}, options = {}) {
      const { pid, ended } = start('main', inputs, options)
      const kept = ended.then((stage) => {
        state = stage.state
        return stage
      })
      return { pid, ended: kept }
    },
    main: (inputs, options) => step.start(inputs, options).ended,
    post(inputs = {}, options = {}) {
      const states = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])
      return start('post', inputs, { ...options, env: { ...Object.fromEntries(states), ...options.env } }).ended
    },
  }
  return step
}
