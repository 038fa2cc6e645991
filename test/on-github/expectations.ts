import type { Note } from './runner-test-action/notes.ts'

/** How the job that was watched came to its end. */
export const jobEnds = ['commit', 'later-step', 'later-post', 'cancelled'] as const
export type JobEnd = (typeof jobEnds)[number]

/** What the job handed on. */
export interface Evidence {
  /** The commit that the host served after all other posts. */
  readonly serves: string
  readonly notes: readonly Note[]
  /** The job's outputs: BELAY_RESULT of GITHUB_ENV, and two of a step's, one set in main and one in post. */
  readonly result: string
  readonly mainOutput: string
  readonly postOutput: string
}

/** What the host served before, and the commit that was released. */
export interface Commits {
  readonly old: string
  readonly new: string
}

export interface RunnerExpectation {
  readonly text: string
  readonly holds: boolean
}

/**
 * Every fact about the runner that Belay rests on, and whether the evidence bears it out. Pure. `pace`: what a second of
 * the runner's took; 1 on GitHub.
 */
export function expectationsFor(way: JobEnd, evidence: Evidence, commits: Commits, pace = 1): RunnerExpectation[] {
  return [...aboutRunner(evidence), ...aboutStatus(way, evidence, pace), ...aboutBelay(way, evidence, commits)]
}

function aboutRunner({ notes, mainOutput, postOutput }: Evidence): RunnerExpectation[] {
  const began = (stage: Note['stage']) => notes.filter((note) => note.stage === stage && note.event === 'began')
  const names = (stage: Note['stage']) => began(stage).map(({ name }) => name)
  const killed = notes.filter(({ name }) => name === 'killed')
  return [
    { text: 'posts run in the reverse order of their mains', holds: same(names('post'), names('main').reverse()) },
    { text: 'several posts ran, so that their order is known', holds: names('post').length >= 3 },
    { text: 'every main sees success', holds: began('main').every(({ jobStatus }) => jobStatus === 'success') },
    {
      text: 'a main that is killed has its post all the same',
      holds: same(
        killed.map(({ stage, event }) => `${stage} ${event}`),
        ['main began', 'post began', 'post ended'],
      ),
    },
    {
      text: 'what a main wrote to GITHUB_STATE before it was killed is there for its post',
      holds: killed.some(({ stage, state }) => stage === 'post' && state === 'written ahead'),
    },
    {
      text: 'continue-on-error hides a failure from the status of the job',
      holds: began('main').some(({ name, jobStatus }) => name === 'after-killed' && jobStatus === 'success'),
    },
    {
      text: 'inputs are evaluated again at post, against the steps as they are then',
      holds: notes
        .filter(({ name }) => name === 'first')
        .every(({ stage, late }) => (stage === 'main' ? late === '' : late !== '')),
    },
    {
      text: 'a post has the GITHUB_ENV of steps that came later',
      holds: began('post').every(({ env }) => env === 'yes'),
    },
    { text: 'an output of a main reaches the job', holds: mainOutput === 'seen' },
    { text: 'an output of a post is dropped', holds: postOutput === '' },
  ]
}

/** What job.status is at the stage of post, and how a hanging main is stopped. */
function aboutStatus(way: JobEnd, { notes }: Evidence, pace: number): RunnerExpectation[] {
  const statuses = notes
    .filter(({ stage, event }) => stage === 'post' && event === 'began')
    .map(({ name, jobStatus }) => ({ name, jobStatus }))
  const all = (status: string, some = statuses) =>
    some.length > 0 && some.every(({ jobStatus }) => jobStatus === status)
  switch (way) {
    case 'commit':
      return [{ text: 'every post sees success', holds: all('success') }]
    case 'later-step':
      return [
        { text: 'after a failed step every post sees failure', holds: all('failure') },
        ...aboutSignals(notes, pace),
      ]
    case 'cancelled':
      return [
        { text: 'after a cancel every post sees cancelled', holds: all('cancelled') },
        ...aboutSignals(notes, pace),
      ]
    case 'later-post': {
      const [first, ...others] = statuses
      return [
        {
          text: 'the post that will fail sees success',
          holds: first?.name === 'foreign' && first.jobStatus === 'success',
        },
        { text: 'every post after one that failed sees failure', holds: all('failure', others) },
      ]
    }
  }
}

function aboutSignals(notes: readonly Note[], pace: number): RunnerExpectation[] {
  const hanging = notes.filter(({ name, stage }) => name === 'hanging' && stage === 'main')
  const at = (event: Note['event']) => hanging.find((note) => note.event === event)?.at ?? Number.NaN
  const within = (from: Note['event'], to: Note['event'], least: number, most: number) => {
    const ms = at(to) - at(from)
    // With shorter times a busy machine's own delays weigh more than the awaited ones.
    const slack = pace < 1 ? 2000 : 0
    return ms >= least * pace - slack && ms <= most * pace + slack
  }
  return [
    { text: 'SIGTERM comes about 7.5 s after SIGINT', holds: within('SIGINT', 'SIGTERM', 6500, 10_000) },
    { text: 'about 2.5 s after SIGTERM the process is killed', holds: within('SIGTERM', 'alive', 1500, 5000) },
    { text: 'a process that is killed writes no more', holds: !hanging.some(({ event }) => event === 'ended') },
  ]
}

function aboutBelay(way: JobEnd, { serves, result, notes }: Evidence, commits: Commits): RunnerExpectation[] {
  const kept = way === 'commit'
  const promised = kept ? 'committed' : 'rolled-back'
  const last = notes.findLast(({ name, stage }) => name === 'first' && stage === 'post')
  return [
    { text: `the job's output says ${promised}, which a post wrote to GITHUB_ENV`, holds: result === promised },
    { text: 'the post that runs last reads it, too', holds: last?.belay === promised },
    {
      text: `the host serves the ${kept ? 'new' : 'old'} commit`,
      holds: serves === (kept ? commits.new : commits.old),
    },
  ]
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}
