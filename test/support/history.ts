import { type FakeGitHub, type GitHubRepository, startFakeGitHub } from '@belay/fakes/github'
import { shaOf } from './fixture.ts'

/** Versions of a repository, each with the one that it was made from; every one is a tag. */
export type VersionParents = Readonly<Record<string, string | undefined>>

/** A local GitHub whose repository is the one of a fixture. `branches` name the version at their head; `main` is needed. */
export function startGitHubWithHistory(
  versions: VersionParents,
  branches: { readonly main: string } & Readonly<Record<string, string>>,
  more: Pick<GitHubRepository, 'runs' | 'artifacts'> = {},
): Promise<FakeGitHub> {
  const names = Object.keys(versions)
  return startFakeGitHub({
    repository: {
      name: 'acme/acme',
      commits: names.map((name) => {
        const parent = versions[name]
        return { sha: shaOf(name), parents: parent ? [shaOf(parent)] : [], message: `Make ${name}` }
      }),
      branches: Object.fromEntries(Object.entries(branches).map(([branch, head]) => [branch, shaOf(head)])),
      tags: Object.fromEntries(names.map((name) => [name, shaOf(name)])),
      ...more,
    },
  })
}

/** The state that GitHub's deployment of a version says last; undefined where there is none. */
export function deploymentOf(github: FakeGitHub, version: string): string | undefined {
  return github.deployments().find(({ sha }) => sha === shaOf(version))?.statuses[0]?.state
}
