import { join } from 'node:path'
import { classifyError, failureFor } from './build-errors.ts'
import { builderKind, buildxDriver } from './drivers/buildx.ts'
import { dockerDriver } from './drivers/docker.ts'
import type { Docker, Driver } from './drivers/driver.ts'
import type { BuildInputs } from './inputs.ts'

/**
 * The engine of this machine: buildx with the builder in use, else Docker's own client if `engine` allows it.
 * @throws Failure `buildx-missing`, `docker-missing`, `docker-unreachable`
 */
export async function chooseEngine(requested: BuildInputs['engine'], docker: Docker, folder: string): Promise<Driver> {
  const plain = () => dockerDriver(docker, join(folder, 'image-id'))
  if (requested === 'docker') return plain()
  const inspected = await docker(['buildx', 'inspect'], { shown: false })
  const fault = classifyError(inspected.output)
  if (fault === 'buildx-missing' && requested === 'auto') return plain()
  if (fault === 'daemon-missing' || !inspected.ok) throw failureFor(fault, inspected.output)
  return buildxDriver(docker, builderKind(inspected.output), join(folder, 'metadata.json'))
}
