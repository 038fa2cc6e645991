import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** A part of GitHub's OpenAPI description of its API, as `npm run pin-github-api` cuts it out. */
export interface GitHubDescription {
  /** The package that it is from. */
  readonly source: string
  /** By route, then by status. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, DescribedAnswer>>>>
  /** What they refer to: `#/components/schemas/commit`. */
  readonly refs: Readonly<Record<string, unknown>>
}

type DescribedAnswer = { readonly $ref: string } | { readonly content?: Readonly<Record<string, { schema: Schema }>> }

type Schema = { readonly [keyword: string]: unknown }

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, 'github-description.json'), 'utf8'),
) as GitHubDescription

const ajv = new Ajv({ allErrors: true, strict: false })
formats.default(ajv)
for (const [ref, part] of Object.entries(description.refs))
  if (ref.startsWith('#/components/schemas/')) ajv.addSchema(toJsonSchema(part as Schema), idOf(ref))
const validators = new Map<string, ValidateFunction>()

/** Whether GitHub has this route. */
export function isDescribed(route: string): boolean {
  return route in description.answers
}

/** Whether GitHub answers it in pages, each with a `Link` to the next one. */
export function isPaged(route: string): boolean {
  const { headers = {} } = (description.answers[route]?.[200] ?? {}) as { headers?: object }
  return 'Link' in headers
}

/**
 * In what an answer differs from GitHub's description of it; nothing where it does not. An error that the route's
 * description does not name, such as 401, has the form that GitHub describes for all of them.
 */
export function mismatches(route: string, status: number, body: unknown): string[] {
  const answers = description.answers[route]
  if (!answers) return [`GitHub's description has no ${route}`]
  const described = answers[status]
  if (!described && status < 400) return [`${route} has no answer ${status}`]
  const schema = described && schemaOf(described)
  const validate = validatorOf(`${route} ${status}`, schema ?? (status < 400 ? {} : basicError))
  const problems = validate(body) ? [] : (validate.errors ?? [])
  return problems.map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

const basicError = { $ref: '#/components/schemas/basic-error' }

function schemaOf(answer: DescribedAnswer): Schema | undefined {
  const { content } = '$ref' in answer ? (description.refs[answer.$ref] as { content?: never }) : answer
  return (content as Readonly<Record<string, { schema: Schema }>> | undefined)?.['application/json']?.schema
}

function validatorOf(name: string, schema: Schema): ValidateFunction {
  const known = validators.get(name) ?? ajv.compile(toJsonSchema(schema))
  validators.set(name, known)
  return known
}

/**
 * OpenAPI 3.0 differs from JSON Schema: `nullable` stands beside any keyword, and a text whose default is empty may be
 * empty whatever its format. A field that GitHub does not describe is a mismatch, too: no client may rely on it.
 */
function toJsonSchema(schema: Schema): Schema {
  const { nullable, $ref, format, ...rest } = convertParts(schema)
  if (nullable === true) return { anyOf: [{ type: 'null' }, toJsonSchema({ ...schema, nullable: false })] }
  if (typeof $ref === 'string') return { $ref: idOf($ref) }
  const isClosed = rest.properties !== undefined && rest.additionalProperties === undefined && !isError(rest)
  return {
    ...rest,
    ...(format !== undefined && rest.default !== '' && { format }),
    ...(isClosed && { additionalProperties: false }),
  }
}

/** GitHub's errors have a `status` that not every description of them names. */
function isError({ properties }: Schema): boolean {
  return 'documentation_url' in (properties as object)
}

function convertParts(schema: Schema): Schema {
  const convert = (value: unknown) => toJsonSchema(value as Schema)
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'properties')
        return [keyword, Object.fromEntries(Object.entries(value as Schema).map(([key, part]) => [key, convert(part)]))]
      if (['oneOf', 'anyOf', 'allOf'].includes(keyword)) return [keyword, (value as unknown[]).map(convert)]
      if (keyword === 'items') return [keyword, convert(value)]
      return [keyword, value]
    }),
  )
}

function idOf(ref: string): string {
  return ref.replace('#/components/schemas/', 'github:')
}
