/** Query parameters of a request. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
}

/** An entry of `metadata.managedFields`: who sets which fields. */
export interface ManagedFields {
  readonly manager?: string
  readonly operation?: string
  readonly apiVersion?: string
  readonly time?: string
  readonly fieldsType?: string
  readonly fieldsV1?: Readonly<Record<string, unknown>>
  readonly subresource?: string
}

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly managedFields?: readonly ManagedFields[]
}

/** What Belay reads of any object; kinds have types of their own beside it. */
export interface KubeObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly [key: string]: unknown
}

export interface KubeList<T = KubeObject> {
  readonly metadata: { readonly resourceVersion?: string; readonly continue?: string }
  readonly items: readonly T[]
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubeObject
}

/** What is wrong with one field, from the details of a Status. */
export interface StatusCause {
  readonly reason?: string
  readonly message?: string
  readonly field?: string
}

/** The API server refused a request, or gave no answer. */
export class ApiError extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number
  /** The word of the Status object, such as `Conflict` or `Forbidden`; empty where there was none. */
  readonly reason: string
  readonly causes: readonly StatusCause[]
  /** Seconds to wait, where the server named them. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    reason: string,
    message: string,
    { causes = [], retryAfter }: { causes?: readonly StatusCause[]; retryAfter?: number | undefined } = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.reason = reason
    this.causes = causes
    this.retryAfter = retryAfter
  }
}

/**
 * The reading side of the API server. `path` begins with /api or /apis. Each call throws `ApiError` where the server
 * refuses (with its status and the reason and message of the Status object) and where it does not answer (status 0).
 */
export interface ApiReader {
  get<T = KubeObject>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  /** A pod's log and other plain text, cut at `limit` bytes. */
  text(path: string, query?: Query, limit?: number, signal?: AbortSignal): Promise<string>
  /**
   * Changes after `resourceVersion`. It ends when the server ends the stream or the signal does; the caller starts it
   * again. A 410 is an ERROR event.
   */
  watch(path: string, query: Query & { resourceVersion: string }, signal: AbortSignal): AsyncIterable<WatchEvent>
}

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }

export interface ApplyOptions {
  /** The server does everything but store it. */
  readonly dryRun?: boolean
  /** Take fields over that another manager owns. */
  readonly force?: boolean
  /** Of another tool, for a dry-run. */
  readonly manager?: string
  readonly signal?: AbortSignal
}

export interface PatchOptions {
  readonly dryRun?: boolean
  /** The name under which the change is noted in `managedFields`. */
  readonly manager?: string
  readonly signal?: AbortSignal
}

export interface RemoveOptions {
  /** Only this very object: another of the same name stays. */
  readonly uid?: string
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
  readonly signal?: AbortSignal
}

export interface Api extends ApiReader {
  /** `path` is that of the collection. */
  create<T = KubeObject>(path: string, body: unknown, options?: PatchOptions): Promise<T>
  /** Server-side apply as the field manager `belay`, with strict field validation. `path` is that of the object. */
  apply(path: string, object: KubeObject, options?: ApplyOptions): Promise<KubeObject>
  /** A JSON Patch. A `test` that does not hold is a 422. */
  patch(path: string, operations: readonly PatchOperation[], options?: PatchOptions): Promise<KubeObject>
  remove(path: string, options?: RemoveOptions): Promise<void>
}
