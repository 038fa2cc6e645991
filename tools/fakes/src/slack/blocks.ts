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

/** Checks `blocks` as Slack does (docs/research/slack.md#limits-of-a-message); `undefined` if Slack accepts them. */
export function blockProblem(blocks: unknown): ContentProblem | undefined {
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return { error: 'invalid_blocks_format', messages: [] }
  const messages: string[] = []
  const addProblem = (text: string, at: string) => messages.push(`[ERROR] ${text} [json-pointer:${at}]`)
  if (blocks.length > 50) addProblem('no more than 50 items allowed', '/blocks')
  for (const [index, block] of blocks.entries()) checkBlock(block, `/blocks/${index}`, addProblem)
  if (messages.length > 0) return { error: 'invalid_blocks', messages }
  if (lengthOfTexts(blocks) + blocks.length * blockCost > totalCost)
    return { error: 'msg_blocks_too_long', messages: [] }
  return undefined
}

type AddProblem = (text: string, at: string) => void

function checkBlock(block: Json, at: string, say: AddProblem): void {
  if (block.block_id !== undefined) within(block.block_id, 0, 255, `${at}/block_id`, say)
  switch (block.type) {
    case 'divider':
      break
    case 'header':
      checkText(block.text, ['plain_text'], 150, `${at}/text`, say)
      break
    case 'section':
      checkSection(block, at, say)
      break
    case 'context':
      items(block.elements, 10, `${at}/elements`, say, checkContextElement)
      break
    case 'actions':
      items(block.elements, 25, `${at}/elements`, say, checkButton)
      break
    case 'image':
      checkImage(block, at, say)
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

function checkSection(block: Json, at: string, say: AddProblem): void {
  if (block.text === undefined && block.fields === undefined) say('missing required field: text', at)
  if (block.text !== undefined) checkText(block.text, ['plain_text', 'mrkdwn'], 3000, `${at}/text`, say)
  if (block.fields !== undefined)
    items(block.fields, 10, `${at}/fields`, say, (field, place) =>
      checkText(field, ['plain_text', 'mrkdwn'], 2000, place, say),
    )
  if (isObject(block.accessory) && block.accessory.type === 'button')
    checkButton(block.accessory, `${at}/accessory`, say)
}

function checkContextElement(element: unknown, at: string, say: AddProblem): void {
  if (isObject(element) && element.type === 'image') checkImage(element, at, say)
  else checkText(element, ['plain_text', 'mrkdwn'], 3000, at, say)
}

function checkButton(element: unknown, at: string, say: AddProblem): void {
  if (isObject(element)) {
    checkText(element.text, ['plain_text'], 75, `${at}/text`, say)
    if (element.url !== undefined) within(element.url, 1, 3000, `${at}/url`, say)
    if (element.value !== undefined) within(element.value, 0, 2000, `${at}/value`, say)
  } else {
    say('must be an object', at)
  }
}

function checkImage(block: Json, at: string, say: AddProblem): void {
  within(block.image_url, 1, 3000, `${at}/image_url`, say)
  within(block.alt_text, 0, 2000, `${at}/alt_text`, say)
}

function checkText(text: unknown, types: readonly string[], max: number, at: string, say: AddProblem): void {
  if (!isObject(text)) say('missing required field: text', at)
  else if (!types.includes(String(text.type))) say(`unsupported type: ${String(text.type)}`, `${at}/type`)
  else within(text.text, 1, max, `${at}/text`, say)
}

function within(value: unknown, min: number, max: number, at: string, addProblem: AddProblem): void {
  if (typeof value !== 'string') addProblem('must be a string', at)
  else if (value.length < min) addProblem(`must be more than ${min - 1} characters`, at)
  else if (value.length > max) addProblem(`must be less than ${max + 1} characters`, at)
}

type BlockCheck = (item: unknown, at: string, say: AddProblem) => void

function items(list: unknown, max: number, at: string, addProblem: AddProblem, check: BlockCheck): void {
  if (!Array.isArray(list) || list.length === 0) addProblem('must be an array with at least 1 item', at)
  else if (list.length > max) addProblem(`no more than ${max} items allowed`, at)
  else for (const [index, item] of list.entries()) check(item, `${at}/${index}`, addProblem)
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
