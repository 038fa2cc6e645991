import { homedir } from 'node:os'
import { join } from 'node:path'

/** Slow downloads and builds are kept here from one run to the next. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'belay')

/** The programs that were built here. */
export const builtPrograms = join(cache, 'bin')
