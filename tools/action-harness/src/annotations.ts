/** A line that the runner shows beside the run. `title`: '' where the line has none. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly text: string
}

/** The annotations among the lines of a log, in order, decoded as the runner decodes them. */
export function annotationsIn(log: string): Annotation[] {
  return [...log.matchAll(/^::(error|warning|notice)(?: ([^\n]*?))?::([^\n]*)$/gm)].map(
    ([, level, properties = '', text = '']) => ({
      level: level as Annotation['level'],
      title: decode(/(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? '')
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ','),
      text: decode(text),
    }),
  )
}

const decode = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
