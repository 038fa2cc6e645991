import type { InputReader } from '@belay/action-kit'
import { type Image, parseImage, repositoryOf } from './images.ts'

/** Images by their digests, a line each. */
export function readImages(read: InputReader): Image[] {
  const images = read.lines('images').flatMap((line) => {
    const image = parseImage(line)
    if (!image)
      read.issue(
        'images',
        `"${line}" is not an image by its digest`,
        "Give name@sha256:…, such as build-image's output ref.",
      )
    return image ? [image] : []
  })
  const names = images.map(({ name }) => repositoryOf(name))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) read.issue('images', `names ${twice} twice`, 'Give every image once.')
  return images
}
