export { type PromisedElsewhere, type PromiseRow, promiseFor, readElsewhere, readTables } from './expect/tables.ts'
