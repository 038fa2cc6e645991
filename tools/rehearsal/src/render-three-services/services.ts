import { readExampleCode } from '../example-code.ts'
import { readBlueprint } from '../render-account.ts'

/** The repository that is rehearsed. */
export const code = readExampleCode('render-three-services')
export const exampleRoot = code.root
export const workflow = 'production.yml'

/** Its services as `render.yaml` has them, in the order in which they are deployed. */
export const specs = readBlueprint(exampleRoot, code.settings.render)
export const services: readonly string[] = specs.map(({ name }) => name)
