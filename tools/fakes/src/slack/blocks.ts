/** Why Slack refuses a message's content: its error, and the details that stand in `response_metadata.messages`. */
export interface ContentProblem {
  readonly error: string
  readonly messages: readonly string[]
}

/**
 * What one block costs of the undocumented total of all blocks, and that total, in characters: the limit seen with
 * markdown blocks alone was 13,297, and a divider beside them made it 125 less
 * (docs/research/slack.md#limits-of-a-message).
 */
const blockCost = 125
const totalCost = 13_297

type Json = Record<string, unknown>

/** Looks at `blocks` as Slack does (docs/research/slack.md#limits-of-a-message); `undefined` where Slack would take them. */
export function blockProblem(blocks: unknown): ContentProblem | undefined {
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return { error: 'invalid_blocks_format', messages: [] }
  const messages: string[] = []
  const say = (text: string, at: string) => messages.push(`[ERROR] ${text} [json-pointer:${at}]`)
  if (blocks.length > 50) say('no more than 50 items allowed', '/blocks')
  for (const [index, block] of blocks.entries()) lookAt(block, `/blocks/${index}`, say)
  if (messages.length > 0) return { error: 'invalid_blocks', messages }
  if (lengthOfTexts(blocks) + blocks.length * blockCost > totalCost)
    return { error: 'msg_blocks_too_long', messages: [] }
  return undefined
}

type Say = (text: string, at: string) => void

function lookAt(block: Json, at: string, say: Say): void {
  if (block.block_id !== undefined) within(block.block_id, 0, 255, `${at}/block_id`, say)
  switch (block.type) {
    case 'divider':
      break
    case 'header':
      lookAtText(block.text, ['plain_text'], 150, `${at}/text`, say)
      break
    case 'section':
      lookAtSection(block, at, say)
      break
    case 'context':
      items(block.elements, 10, `${at}/elements`, say, lookAtContextElement)
      break
    case 'actions':
      items(block.elements, 25, `${at}/elements`, say, lookAtButton)
      break
    case 'image':
      lookAtImage(block, at, say)
      break
    case 'markdown':
      within(block.text, 1, 12_000, `${at}/text`, say)
      break
    case 'table':
      items(block.rows, 100, `${at}/rows`, say, (row, place) => items(row, 20, place, say, () => undefined))
      break
    default:
      say(`unsupported type: ${String(block.type)}`, `${at}/type`)
  }
}

function lookAtSection(block: Json, at: string, say: Say): void {
  if (block.text === undefined && block.fields === undefined) say('missing required field: text', at)
  if (block.text !== undefined) lookAtText(block.text, ['plain_text', 'mrkdwn'], 3000, `${at}/text`, say)
  if (block.fields !== undefined)
    items(block.fields, 10, `${at}/fields`, say, (field, place) =>
      lookAtText(field, ['plain_text', 'mrkdwn'], 2000, place, say),
    )
  if (isObject(block.accessory) && block.accessory.type === 'button')
    lookAtButton(block.accessory, `${at}/accessory`, say)
}

function lookAtContextElement(element: unknown, at: string, say: Say): void {
  if (isObject(element) && element.type === 'image') lookAtImage(element, at, say)
  else lookAtText(element, ['plain_text', 'mrkdwn'], 3000, at, say)
}

function lookAtButton(element: unknown, at: string, say: Say): void {
  if (isObject(element)) {
    lookAtText(element.text, ['plain_text'], 75, `${at}/text`, say)
    if (element.url !== undefined) within(element.url, 1, 3000, `${at}/url`, say)
    if (element.value !== undefined) within(element.value, 0, 2000, `${at}/value`, say)
  } else {
    say('must be an object', at)
  }
}

function lookAtImage(block: Json, at: string, say: Say): void {
  within(block.image_url, 1, 3000, `${at}/image_url`, say)
  within(block.alt_text, 0, 2000, `${at}/alt_text`, say)
}

function lookAtText(text: unknown, types: readonly string[], max: number, at: string, say: Say): void {
  if (!isObject(text)) say('missing required field: text', at)
  else if (!types.includes(String(text.type))) say(`unsupported type: ${String(text.type)}`, `${at}/type`)
  else within(text.text, 1, max, `${at}/text`, say)
}

function within(value: unknown, min: number, max: number, at: string, say: Say): void {
  if (typeof value !== 'string') say('must be a string', at)
  else if (value.length < min) say(`must be more than ${min - 1} characters`, at)
  else if (value.length > max) say(`must be less than ${max + 1} characters`, at)
}

type Look = (item: unknown, at: string, say: Say) => void

function items(list: unknown, max: number, at: string, say: Say, look: Look): void {
  if (!Array.isArray(list) || list.length === 0) say('must be an array with at least 1 item', at)
  else if (list.length > max) say(`no more than ${max} items allowed`, at)
  else for (const [index, item] of list.entries()) look(item, `${at}/${index}`, say)
}

function lengthOfTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOfTexts(item), 0)
  if (!isObject(value)) return 0
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : lengthOfTexts(item)),
    0,
  )
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
