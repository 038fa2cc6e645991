export { type PromisedElsewhere, type PromiseRow, promiseFor, readElsewhere, readPromises } from './promises.ts'
