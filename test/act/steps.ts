import { type JobStep, type Scene, type Service, services } from '../support/scene.ts'

/** The inputs that a workflow takes from variables and secrets. */
const byContext = {
  hosts: '${{ vars.BELAY_HOSTS }}',
  'known-hosts': '${{ vars.BELAY_KNOWN_HOSTS }}',
  'ssh-key': '${{ secrets.SSH_KEY }}',
}

/** A deploy-ssh step for each service. */
export function deploySteps(scene: Scene, version: string, inputs: Record<string, string> = byContext) {
  return Promise.all(
    services.map(async (service) => scene.deploy(service, await scene.release(service, version), inputs)),
  )
}

/** The composite for one service; hosts and keys of hosts come from `settings`. */
export async function releaseStep(
  scene: Scene,
  service: Service,
  version: string,
  inputs: Record<string, string> = {},
): Promise<JobStep> {
  const { with: deploy } = scene.deploy(service, await scene.release(service, version)) as {
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
      urls: scene.hosts.map((host) => scene.urlOn(host, service)).join('\n'),
      ...inputs,
    },
  }
}

/** A step of somebody else's that tells what it sees of the job's status. */
export const witness = (id: string, inputs: Record<string, string> = {}): JobStep => ({
  id,
  uses: 'acme/witness@v1',
  with: inputs,
})
