import { exampleOf } from '../example-of.ts'
import { openLab } from './lab.ts'
import { graphScenario } from './scenario.ts'
import { code, services } from './services.ts'
import { graphSystem, times } from './system.ts'

const { externalFailures } = code

const help = `A database, an API and a frontend on Render; a push to main releases to production. First v1 over what the team had
deployed before, then v2, which does not change the database, then \`previous\`. Render is a local server that serves the
example's own API and page, and a fake of the graph. Needs no root.
--external-failure NAME   Render or the code fails: ${externalFailures.join(', ')}`

export const renderThreeServices = exampleOf({
  name: 'render-three-services',
  help,
  environments: ['production'],
  externalFailures,
  actions: ['deploy-render', 'health-gate', 'notify-slack'],
  times,
  prepare() {},
  scenario: (_, paths) => graphScenario(paths),
  changing: {},
  // A release mostly waits for Render.
  workers: { production: 2 },
  async open() {
    const lab = await openLab()
    const { render, slack, close } = lab
    return {
      slack,
      names: new Map(services.map((name) => [render.urlOf(name), name])),
      lines: [
        `Render    ${render.url}: serves the example's own API and page, and a fake of the graph`,
        "Fakes     The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
      ],
      system: () => graphSystem(lab),
      close,
    }
  },
})
