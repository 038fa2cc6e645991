export { type Promised, promiseFor, readPromises } from './promises.ts'
