export { type PromiseRow, promiseFor, readTables } from './expect/tables.ts'
