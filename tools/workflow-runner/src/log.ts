export interface Annotation {
  level: 'error' | 'warning' | 'notice'
  message: string
  /** `title`, `file`, `line`, … as given. */
  properties: Record<string, string>
}

/** Replaces secrets in texts. Values of several lines are masked line by line too, as the runner does. */
export interface Masker {
  add(value: string): void
  mask(text: string): string
}

export function createMasker(secrets: string[]): Masker {
  const values = new Set<string>()
  let longestFirst: string[] = []
  const masker = {
    add(value: string) {
      for (const part of [value, ...value.split(/\r?\n/).map((line) => line.trim())]) if (part) values.add(part)
      longestFirst = [...values].sort((a, b) => b.length - a.length)
    },
    mask: (text: string) => longestFirst.reduce((masked, value) => masked.replaceAll(value, '***'), text),
  }
  for (const secret of secrets) masker.add(secret)
  return masker
}

export interface Command {
  name: string
  properties: Record<string, string>
  data: string
}

/** A line `::name key=value,…::data` as a command, any other as nothing. */
export function parseCommand(line: string): Command | undefined {
  const match = /^\s*::([A-Za-z-]+)(?: (.*?))?::(.*)$/s.exec(line)
  if (!match) return undefined
  const properties: Record<string, string> = {}
  for (const pair of (match[2] ?? '').split(',')) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = decodeText(pair.slice(equals + 1), true)
  }
  return { name: (match[1] as string).toLowerCase(), properties, data: decodeText(match[3] ?? '', false) }
}

function decodeText(text: string, property: boolean): string {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  return (property ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%')
}

/** Where a step's lines and commands go. */
export interface LogSink {
  line(text: string): void
  annotate(annotation: Annotation): void
  output(name: string, value: string): void
  state(name: string, value: string): void
  /** A command that the runner answers with failing the step. */
  fail(message: string): void
}

/** Reads the lines of one process: commands do what they say, the rest goes to the log, masked. */
export function createLineReader(masker: Masker, sink: LogSink): (line: string) => void {
  let resume: string | undefined
  return (line) => {
    if (resume !== undefined) {
      if (line.trim() === `::${resume}::`) resume = undefined
      else sink.line(masker.mask(line))
      return
    }
    const command = parseCommand(line)
    if (!command) return sink.line(masker.mask(line))
    switch (command.name) {
      case 'add-mask':
        return masker.add(command.data)
      case 'stop-commands':
        resume = command.data
        return
      case 'error':
      case 'warning':
      case 'notice':
        sink.line(masker.mask(`##[${command.name}]${command.data}`))
        return sink.annotate({
          level: command.name,
          message: masker.mask(command.data),
          properties: command.properties,
        })
      case 'debug':
      case 'group':
      case 'endgroup':
        return sink.line(masker.mask(`##[${command.name}]${command.data}`))
      case 'set-output':
        return sink.output(command.properties.name ?? '', command.data)
      case 'save-state':
        return sink.state(command.properties.name ?? '', command.data)
      case 'set-env':
      case 'add-path':
        return sink.fail(`The \`${command.name}\` command is disabled. Please upgrade to using Environment Files.`)
      // These change only how the log looks on GitHub.
      case 'echo':
      case 'add-matcher':
      case 'remove-matcher':
        return
      default:
        return sink.line(masker.mask(line))
    }
  }
}
