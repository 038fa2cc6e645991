// How a caller names hosts, and what is needed to reach them.

export { type Credentials, keyFromInputs, type LoginKey, readCredentials } from '../credentials.ts'
export { isLocal, localTarget } from '../local.ts'
export { isHostFolder, readHostFolder, servicePath } from '../path.ts'
export { hasPlaces, pairsOf, placesOf, readSlotNames, type SlotNames } from '../places.ts'
export { addressIn, atServer, readServers, type Servers } from '../servers.ts'
export { readSlots } from '../slots.ts'
export { type HostTarget, readHosts } from '../target.ts'
export { isUnitName } from '../unit-name.ts'
