import { userOf } from '../example-lab.ts'
import { unsaidWords } from '../slack-text.ts'
import type { System } from '../system.ts'
import type { Lab } from './lab.ts'
import { code, services } from './services.ts'

/** How long Render may go on after a run, also without a runner. */
export const times = { confirm: 0, beyond: 0, settle: 40 } as const

export function graphSystem(lab: Lab): System {
  const { render, slack, github } = lab
  const { users, failures } = code.settings
  const serves = async (name: string) => (await render.serves(name)) || undefined
  return {
    slack,
    github,
    hosts: [],
    times,
    release: ({ back, version }, { vars: _, ...more }) => lab.release(back ? 'previous' : version, more),
    places: () =>
      Promise.all(
        services.map(async (service) => ({
          service,
          place: '',
          answers: [{ url: '', sha: await serves(service) }],
          locked: [],
          open: deploysOf(lab, service).running ? ['a deploy that runs'] : [],
        })),
      ),
    targets: () => services.map((service) => ({ service, place: '', ask: () => serves(service) })),
    users: () => Object.keys(users.pages).map((service) => userOf(service, render.urlOf(service), code.settings)),
    inject(name) {
      render.meet(failures[name])
      return { end: () => render.meet(undefined) }
    },
    watch() {
      const asked = askedOf(lab)
      const live = services.flatMap((name) => deploysOf(lab, name).deploys.filter(({ status }) => status === 'live'))
      const messages = slack.messages().length
      return ({ jobs }, { units }) => {
        const isReached = units.some(({ rows }) => rows.length > 0)
        const now = askedOf(lab)
        const twice = services.filter((name) => (now[name] ?? 0) - (asked[name] ?? 0) > 1)
        // Aftercare names what was live, and changes nothing.
        const isNamed = isReached && jobs.release?.conclusion === 'lost'
        const words = isNamed ? ['was lost', ...live.map(({ id }) => id)] : []
        return [
          // However often Render's answer was lost.
          ...twice.map((name) => `${name} was deployed twice by one run`),
          ...unsaidWords(slack, messages, words),
        ]
      }
    },
  }
}

function deploysOf({ render }: Lab, service: string) {
  return render.simulation.account.named(service)
}

/** The number of deploys that Belay triggered, by service. */
function askedOf(lab: Lab): Record<string, number> {
  const counts = services.map((name) => [
    name,
    deploysOf(lab, name).deploys.filter(({ trigger }) => trigger === 'api').length,
  ])
  return Object.fromEntries(counts)
}
