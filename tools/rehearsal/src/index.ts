export { type PromiseRow, promiseFor, readPromises } from './promises.ts'
