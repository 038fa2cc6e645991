/** A repository as the run sees it: its files on this machine, and what it is called on GitHub. */
export interface Repository {
  root: string
  repository: string
  /** GitHub's number for it. */
  id: string
  ref: string
  sha: string
}

/** The repositories of a run: the caller's own, and Belay's checkout. */
export interface Repositories {
  caller: Repository
  belay: Repository
}

export const BELAY = 'belay-actions/belay'
