export * from './engine/index.ts'
export { type Promised, promiseFor, readPromises } from './promises.ts'
