/** Migrations by a Job inside a cluster. Loaded only with `via`: hosts need nothing of it. */
export { closeConnection, sweepProxies } from '@belay/kubernetes'
export { applyByJob } from './apply.ts'
export { inspectByJob } from './inspect.ts'
export { releaseLock, undoJob } from './undo.ts'
