/** The part of an action.yml that the tables show. */
export interface Manifest {
  readonly description: string
  readonly inputs?: Record<string, Parameter>
  readonly outputs?: Record<string, Parameter>
}

interface Parameter {
  readonly description: string
  readonly required?: boolean
  readonly default?: string | number | boolean
}

/**
 * The README of an action with its two tables from action.yml, between their marks. Pure.
 * @throws Error if a mark is missing
 */
export function actionReadme(text: string, { inputs = {}, outputs = {} }: Manifest): string {
  const withInputs = between(text, 'inputs', inputTable(inputs))
  return between(withInputs, 'outputs', outputTable(outputs))
}

/** The root README with the table of all actions; `folder` is relative to the root. Pure. */
export function rootReadme(text: string, actions: readonly { folder: string; manifest: Manifest }[]): string {
  const rows = actions.map(({ folder, manifest }) => [
    `[\`${folder.split('/').at(-1)}\`](${folder})`,
    cell(manifest.description),
  ])
  return between(text, 'actions', table(['action', 'what it does'], rows))
}

/** Every input of `release`, by its source and by the target that uses it. */
export type Kinds = Readonly<
  Record<'variable' | 'secret' | 'run' | 'commit', Readonly<Record<string, readonly string[]>>>
>

/** The page of all variables and secrets, between its marks. Pure. */
export function variablesPage(text: string, { inputs = {} }: Manifest, kinds: Kinds): string {
  const rows = (names: readonly string[], nameOf: (input: string) => string) =>
    names.map((name) => [code(nameOf(name)), cell(inputs[name]?.description ?? '')])
  const variable = (input: string) => `BELAY_${input.toUpperCase().replaceAll('-', '_')}`
  const sections = Object.entries(targetTitles).flatMap(([target, title]) => [
    `## ${title}`,
    table(['variable', 'what it is'], rows(kinds.variable[target] ?? [], variable)),
    table(['secret, by its input', 'what it is'], rows(kinds.secret[target] ?? [], String)),
  ])
  const never = (kind: 'run' | 'commit') =>
    table(['input', 'what it is'], rows(Object.values(kinds[kind]).flat(), String))
  const rest = [
    '## Never a variable: what decides about one run',
    'A variable that is left behind would decide about every later release as well.',
    never('run'),
    '## Never a variable: what belongs to the commit',
    'Jobs without the environment, such as the plan before an approval, need it too, and see none of its variables.',
    never('commit'),
  ]
  return between(text, 'variables', [...sections, ...rest].join('\n\n'))
}

const targetTitles: Readonly<Record<string, string>> = {
  all: 'For every target',
  ssh: 'For `target: ssh`',
  render: 'For `target: render`',
  kubernetes: 'For `target: kubernetes`',
}

function inputTable(inputs: Record<string, Parameter>): string {
  return table(
    ['input', 'what it is', 'default'],
    Object.entries(inputs).map(([name, input]) => [code(name), cell(input.description), defaultOf(input)]),
  )
}

function outputTable(outputs: Record<string, Parameter>): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => [code(name), cell(description)])
  return table(['output', 'what it says'], rows)
}

function defaultOf(input: Parameter): string {
  if (input.required) return '**required**'
  const text = String(input.default ?? '')
  return text === '' ? '' : code(text)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace(/ {2,}\|/g, ' |')
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** A bar ends a cell even inside code; outside code GitHub takes `<name>` for HTML and drops it. */
function cell(markdown: string): string {
  const parts = markdown
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]*`)/)
  return parts
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('')
    .replaceAll('|', '\\|')
}

function code(text: string): string {
  const cell = text.replaceAll('|', '\\|')
  return text.includes('`') ? `\`\` ${cell} \`\`` : `\`${cell}\``
}

function between(text: string, mark: string, content: string): string {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`has no ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}

/**
 * A page with the tested files that it shows, each between `<!-- file PATH -->` and `<!-- /file -->`: whole, or one job
 * of a workflow by `<!-- file PATH job NAME -->`. Pins of Belay are written `<sha>`. Pure.
 * @param read returns the text of a file by its path from the root
 * @throws Error if a file has no such job
 */
export function withFiles(text: string, read: (path: string) => string): string {
  const mark = /(<!-- file (\S+)(?: job (\S+))? -->\n)[\s\S]*?(<!-- \/file -->)/g
  return text.replace(mark, (_, start: string, path: string, job: string | undefined, end: string) => {
    const whole = read(path)
      .replaceAll(/@0{40}|(?<=belay-actions\/belay\/[^\s@]+)@[0-9a-f]{40}/g, '@<sha>')
      .trimEnd()
    return [`${start}${fence}yaml`, job === undefined ? whole : jobOf(whole, job, path), fence, end].join('\n')
  })
}

const fence = '`'.repeat(3)

/** One job of a workflow, as in its file, below `jobs:`. */
function jobOf(workflow: string, name: string, path: string): string {
  const lines = workflow.split('\n')
  const from = lines.findIndex((line) => line.startsWith(`  ${name}:`))
  if (from < 0) throw new Error(`shows the job ${name}, but ${path} has no such job`)
  const length = lines.slice(from + 1).findIndex((line) => /^ {0,2}\S/.test(line))
  return ['jobs:', ...lines.slice(from, length < 0 ? undefined : from + 1 + length)].join('\n')
}
