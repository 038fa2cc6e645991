import { type Fixture, type JobStep, type Service, services } from '../support/fixture.ts'

/** The inputs that a workflow takes from variables and secrets. */
const byContext = {
  hosts: '${{ vars.BELAY_HOSTS }}',
  'known-hosts': '${{ vars.BELAY_KNOWN_HOSTS }}',
  'ssh-key': '${{ secrets.SSH_KEY }}',
}

/** A deploy-ssh step for each service. */
export function deploySteps(fixture: Fixture, version: string, inputs: Record<string, string> = byContext) {
  return Promise.all(
    services.map(async (service) => fixture.deploy(service, await fixture.release(service, version), inputs)),
  )
}

/** The composite for one service; hosts and keys of hosts come from `settings`. */
export async function releaseStep(
  fixture: Fixture,
  service: Service,
  version: string,
  inputs: Record<string, string> = {},
): Promise<JobStep> {
  const { with: deploy } = fixture.deploy(service, await fixture.release(service, version)) as {
    with: Record<string, string>
  }
  return {
    id: service,
    uses: '$/actions/release',
    with: {
      service,
      environment: deploy.environment,
      settings: '${{ toJSON(vars) }}',
      source: deploy.source,
      'ssh-key': byContext['ssh-key'],
      restart: deploy.restart,
      check: deploy.check,
      urls: fixture.hosts.map((host) => fixture.urlOn(host, service)).join('\n'),
      ...inputs,
    },
  }
}

/** A step of another repository that prints the job's status. */
export const runnerTestStep = (id: string, inputs: Record<string, string> = {}): JobStep => ({
  id,
  uses: 'acme/runner-test@v1',
  with: inputs,
})
