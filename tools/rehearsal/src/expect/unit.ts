import type { TableName } from './tables.ts'

/** One service in one job: what one row of a table is about. */
export interface Unit {
  readonly job: string
  readonly service: string
  readonly table: TableName
  readonly steps: Steps
  /** On Render: a service with a disk keeps a release once it is live. */
  readonly hasDisk?: boolean
  /** The migration without which it does not become ready: another service's job brings it. */
  readonly needs?: string
}

/** The paths of the steps that change something, in their order. */
export interface Steps {
  readonly schema?: string | undefined
  /** In a cluster: gives the release to a share of the pods first. */
  readonly canary?: string | undefined
  /** Restarts the service, fills a slot, or deploys on Render. */
  readonly deploy: string
  readonly switch?: string | undefined
  /** Moves the floating tags of a registry. */
  readonly tags?: string | undefined
  /** Keeps outside of the runner what aftercare needs. */
  readonly deployment?: string | undefined
}
