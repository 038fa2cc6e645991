import { ApiError, type Client, type KubeObject, type PatchOperation } from '@belay/kubernetes'

// biome-ignore lint/suspicious/noExplicitAny: objects that a patch reaches by paths
type Any = any

/** Objects by their paths. Only what an undo and a commit ask of an API server; JSON Patches are applied whole or not at all. */
export interface FakeApi {
  readonly client: Client
  readonly objects: Map<string, KubeObject>
  /** Requests so far. */
  readonly requests: () => number
}

/** `before` is called with the number of each request, and may never return: as if the process had been killed then. */
export function fakeApi(objects: Map<string, KubeObject>, before: (request: number) => Promise<void>): FakeApi {
  let requests = 0
  const found = (path: string): KubeObject => {
    const object = objects.get(path)
    if (!object) throw new ApiError(404, 'NotFound', `${path} not found`)
    return object
  }
  const ask = async <T>(answer: () => T): Promise<T> => {
    await before(++requests)
    return structuredClone(answer())
  }
  const no = () => Promise.reject(new Error('not asked by an undo'))
  const client: Client = {
    now: () => Date.UTC(2026, 10, 29),
    get: (path) => ask(() => found(path) as Any),
    text: no,
    watch: () => {
      throw new Error('not asked by an undo')
    },
    create: (path, body: Any) =>
      ask(() => {
        // Every right is granted.
        if (path.endsWith('/selfsubjectrulesreviews'))
          return { status: { resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] } }
        const at = `${path}/${body.metadata.name}`
        if (objects.has(at)) throw new ApiError(409, 'AlreadyExists', at)
        objects.set(at, structuredClone(body))
        return body
      }),
    apply: no,
    patch: (path, operations) =>
      ask(() => {
        const changed = structuredClone(found(path)) as Any
        for (const operation of operations) apply(changed, operation)
        objects.set(path, changed)
        return changed
      }),
    remove: (path) =>
      ask(() => {
        found(path)
        objects.delete(path)
      }),
  }
  return { client, objects, requests: () => requests }
}

function apply(object: Any, operation: PatchOperation): void {
  const names = operation.path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = names.pop() ?? ''
  const holder = names.reduce((value, name) => value?.[name], object)
  const isAsTested = operation.op !== 'test' || JSON.stringify(holder?.[last]) === JSON.stringify(operation.value)
  if (holder === undefined || !isAsTested) throw new ApiError(422, 'Invalid', `${operation.op} ${operation.path}`)
  if (operation.op === 'test') return
  if (operation.op === 'remove') delete holder[last]
  else holder[last] = structuredClone(operation.value)
}
