/** What actions read of their inputs; loads nothing that talks to a cluster. */
export { type AccessInputs, accessVariables, readAccessInputs, readNamespace } from './access-inputs.ts'
export { readCanary } from './canary-input.ts'
export { readImages } from './image-inputs.ts'
export { type Image, parseImage } from './images.ts'
export { readSlotWords, type SlotWords } from './slot-words.ts'
