import { homedir } from 'node:os'
import { join } from 'node:path'

/** What takes long to bring or to build is kept here from one run to the next. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'belay')

/** The programs that were built here. */
export const builtPrograms = join(cache, 'bin')
