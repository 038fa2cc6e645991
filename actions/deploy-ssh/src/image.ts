import type { InputReader } from '@belay/action-kit'

/** The login to a registry; both empty where the host itself is logged in, or the registry needs no login. */
export interface RegistryLogin {
  readonly user: string
  readonly token: string
}

/** An image by its digest: `ghcr.io/acme/api@sha256:<64 hex>`. */
export function isImage(text: string): boolean {
  const part = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*'
  return new RegExp(`^(?:[a-z0-9.-]+(?::\\d+)?/)?${part}(?:/${part})*@sha256:[0-9a-f]{64}$`).test(text)
}

/** The registry of an image as `docker login` takes it; empty for Docker Hub, which has no name there. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : ''
}

/** Reads `image`: needed for a deploy by Compose, refused where a folder is released. */
export function readImage(read: InputReader, needed: boolean, compose: boolean): string {
  const image = read.text('image', needed ? { required: 'the image to release, NAME@sha256:…' } : {})
  if (image !== '' && !compose)
    read.issue('image', 'is given, and restart is not compose', 'Give restart: compose:FOLDER, or leave it out.')
  else if (image !== '' && !isImage(image))
    read.issue(
      'image',
      `is "${image}", which is no image by its digest`,
      'Give NAME@sha256:<64 hex>, the output ref of build-image: a tag may mean something else on each host.',
    )
  return image
}

/** Reads `registry-user` and `registry-token`: both or none. */
export function readRegistry(read: InputReader, compose: boolean): RegistryLogin {
  const user = read.text('registry-user')
  const token = read.secret('registry-token')
  if (!compose) {
    const given = token !== '' ? 'registry-token' : user !== '' ? 'registry-user' : undefined
    if (given)
      read.unneeded(given, 'is given, and restart is not compose', 'Leave registry-user and registry-token out.')
    return { user: '', token: '' }
  }
  if ((user === '') !== (token === ''))
    read.issue(
      user === '' ? 'registry-user' : 'registry-token',
      'is missing, and its counterpart is given',
      'Give both, or none where the host itself may pull.',
    )
  if (/\s/.test(user)) read.issue('registry-user', `is "${user}"`, 'Give a name without spaces.')
  return { user, token }
}
