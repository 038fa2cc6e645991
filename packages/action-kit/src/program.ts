import { childEnvironment } from './job.ts'

/** How a program ended. */
export interface ProgramResult {
  readonly status: number
  readonly output: string
  readonly errors: string
}

/**
 * Runs a program of the runner to its end, by @actions/exec, without output in the log. For short programs with little
 * output: no signal stops it, and all of its output is kept.
 * @param program a name to be found on PATH, or a path
 * @throws Error where it cannot be started
 */
export async function runProgram(program: string, args: readonly string[]): Promise<ProgramResult> {
  // Eager: in the bundle itself, and evaluated only here.
  const { getExecOutput } = await import(/* webpackMode: "eager" */ '@actions/exec')
  // The first parameter is a command line, in which quotes keep a path in one piece.
  const ended = await getExecOutput(`"${program.replaceAll('"', '\\"')}"`, [...args], {
    // Its types know no variable that is not set; it only passes them on.
    env: childEnvironment() as Record<string, string>,
    ignoreReturnCode: true,
    silent: true,
  })
  return { status: ended.exitCode, output: ended.stdout, errors: ended.stderr }
}
