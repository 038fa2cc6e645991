/**
 * The parts of GitHub's toolkit that are heavy to load and that few runs need. They are one bundle, which all actions
 * share and load by `import('@belay/toolkit')` only where it is needed.
 */
export { getIDToken } from '@actions/core'
export { getOctokit } from '@actions/github'
export { cacheFile, downloadTool, find } from '@actions/tool-cache'
export { parseAllDocuments } from 'yaml'
