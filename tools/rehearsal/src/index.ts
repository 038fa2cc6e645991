export { type PromiseRow as Promised, promiseFor, readPromises } from './promises.ts'
