/** What Belay does in a cluster: reaches it, reads manifests, locks, applies, and restores. */
export { type Connection, openCluster } from './access.ts'
export type { AccessInputs } from './access-inputs.ts'
export { annotation, createdBy } from './annotations.ts'
export * from './api.ts'
export { type Client, orUndefined } from './client.ts'
export { changesBetween, type FieldChange, isEqual, valueAt } from './compare.ts'
export { configurationOf, withConfigHash } from './configuration.ts'
export { failureOf } from './failure.ts'
export {
  type FollowCode,
  type FollowOutcome,
  followFailure,
  followWorkloads,
  lastingReasons,
  lastLines,
  type WorkloadKind,
  type WorkloadRef,
  type WorkloadState,
} from './follow/index.ts'
export type { Helm } from './helm/helm.ts'
export {
  descriptionOf,
  type HelmPlace,
  type HelmRevision,
  helmFailure,
  isPending,
  lastGood,
  makerOf,
  readHistory,
  revisionLabel,
} from './helm/history.ts'
export { planChartUndo, type SavedChart } from './helm/undo-plan.ts'
export { holderOf } from './holder.ts'
export {
  digestOf,
  floatingImages,
  type Image,
  imagesOf,
  imageText,
  parseImage,
  podTemplates,
  replacements,
  repositoryOf,
  withImages,
} from './images.ts'
export { closeConnection, connectMain, currentConnection, mainPatienceMs, reconnectTo } from './job-connection.ts'
export {
  type DroppedObject,
  type KeptObject,
  type KeptRelease,
  type KeptSlot,
  keptName,
  packRelease,
  readKept,
  recordOf,
  removeKept,
  storeKept,
  unpackRelease,
} from './kept.ts'
export type { Kubectl } from './kubectl.ts'
export {
  assertHeld,
  type CommitRecord,
  endOpen,
  isExpired,
  type LeasePlace,
  type LeaseRef,
  type LeaseState,
  leaseName,
  leasePlace,
  leaseRef,
  readLease,
  releaseLease,
  renewLease,
  setState,
  takeLease,
} from './lease.ts'
export { committedState, openRelease, openState } from './lease-state.ts'
export {
  type Conflict,
  conflictsIn,
  type HelmOwner,
  isOwnManager,
  notOfHelm,
  ownerOf,
  owns,
  withHelmOwner,
} from './ownership.ts'
export { listAll } from './pages.ts'
export { sweepProxies } from './proxy.ts'
export { assertNamespace, collection, discover, type ObjectRef, type Resource, refName, refOf } from './resources.ts'
export { assertRights, type Right, rights, roleYaml } from './rights.ts'
export type { SlotWords } from './slot-words.ts'
export { chooseSlots, type LiveSlots, readLiveSlots } from './slots/choose.ts'
export { type ConfirmJob, confirmAccount, confirmJob, confirmJobRef, timer } from './slots/confirm-job.ts'
export type { SlotFill, TrafficMove } from './slots/move.ts'
export {
  assertSlotted,
  intoSlot,
  isScaled,
  type Labels,
  leadsTo,
  outOfSlot,
  podLabels,
  type SlotGoal,
  selectorOf,
  slotOfObject,
  slotOfPods,
} from './slots/slot-set.ts'
export {
  moveBack,
  moveByHand,
  movePatch,
  readyPods,
  slotsOfServices,
  strayEndpoints,
} from './slots/traffic.ts'
export { objectsIn, readManifests } from './source.ts'
export { digestOfValue, entryFor, type UndoEntry, withStored } from './undo/entry.ts'
export { byHand, type Restored, restoreObjects } from './undo/restore.ts'
export {
  beforeName,
  readUndo,
  removeUndo,
  storeSecret,
  storeUndo,
  type UndoRecord,
  undoName,
} from './undo/store.ts'
export { loadYaml } from './yaml.ts'
