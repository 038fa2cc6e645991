import { expect } from 'vitest'
import { killedAt } from './fixture.ts'
import { asBefore, endRun, failed, type SlotScenario, slotOf } from './slot-scenarios.ts'
import { makeConfirmAccount, releaseWatched, untilMovedBack } from './watched-release.ts'

/** Rows of the table about slots in which a pod of the cluster waits for the end of the job. */
export const watchedScenarios: Readonly<Record<string, SlotScenario>> = {
  'ended well, the cluster waits / commit / stays': {
    prepare: makeConfirmAccount,
    play: (fixture) => releaseWatched(fixture, {}),
    stands: (now) => expect(slotOf(now)).toBe('green'),
  },
  'ended well, the cluster waits / undo: a later step failed / stays': {
    prepare: makeConfirmAccount,
    play: (fixture) => releaseWatched(fixture, failed),
    stands: asBefore,
  },
  'killed once the cluster waits / undo: the job failed / stays': {
    prepare: makeConfirmAccount,
    play: (fixture) => releaseWatched(fixture, { during: killedAt('arm') }),
    stands: asBefore,
  },
  'the cluster cannot wait: a right is missing / undo: the job failed / stays': {
    code: 'confirm-job',
    prepare: (fixture) =>
      makeConfirmAccount(fixture, (account) => account.replace(/.*resources: \[services\].*\n/, '')),
    async play(fixture) {
      const released = await releaseWatched(fixture, {})
      expect(released.log).toMatch(/container try-service-0: .*services "api" is forbidden/)
      return released
    },
    stands: asBefore,
  },
  'ended well, the confirm timeout is over before the job ends / commit / stays': {
    prepare: makeConfirmAccount,
    play: (fixture) => releaseWatched(fixture, { moved: () => untilMovedBack(fixture) }, '15s'),
    stands: asBefore,
  },
  'ended well, the cluster waits / none / lost': {
    prepare: makeConfirmAccount,
    async play(fixture) {
      const released = await releaseWatched(fixture, { lost: 'moved' }, '15s')
      await untilMovedBack(fixture)
      return released
    },
    stands: (now) => expect(slotOf(now)).toBe('blue'),
    staysOpen: true,
    tidy: endRun,
  },
}
