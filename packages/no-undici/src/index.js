// `@actions/core` → `@actions/http-client` imports undici for ProxyAgent alone, and 415 kB of bundle and a third of the
// start come with it. Belay calls no part of core that makes a request (only getIDToken does), so nothing here ever runs.
export class ProxyAgent {
  constructor() {
    throw new Error('Belay bundles @actions/core without undici; make HTTP requests with node:https instead.')
  }
}
