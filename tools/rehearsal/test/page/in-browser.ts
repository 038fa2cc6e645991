/**
 * What runs in the browser, as texts: the types of a browser would hold for all code of the repository, which runs in none.
 */
const all = "[...document.querySelectorAll('*')]"

export const unfold = "for (const one of document.querySelectorAll('details')) one.open = true"

export const isPwned = "'pwned' in globalThis"

export const tagNames = `${all}.map((one) => one.tagName)`

/** Attributes that could run or load something. */
export const activeAttributes = `${all}.flatMap((one) =>
  one.getAttributeNames().filter((name) => name.startsWith('on') || ['style', 'src', 'srcset', 'action'].includes(name)))`

export const widthOfPage = 'document.documentElement.scrollWidth'

/** The beginnings of elements that reach beyond the screen. */
export const tooWide = `[...document.querySelectorAll('body *:not(svg *)')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 80))`

/** Which of the folds and links has the keyboard, and how that is seen. */
export const focused = `({
  index: [...document.querySelectorAll('summary, a')].indexOf(document.activeElement),
  outline: getComputedStyle(document.activeElement).outlineStyle,
})`

export const isFocusedFoldOpen = 'document.activeElement.parentElement.open'

export const bodyColours =
  '(({ color, backgroundColor }) => ({ color, backgroundColor }))(getComputedStyle(document.body))'

/** Every element with a text of its own: the text, its colour, and that of the first opaque element behind it. */
export const textColours = `(() => {
  const backOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one)
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor
    }
  }
  const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
  return [...document.body.querySelectorAll('*')].filter((one) => hasText(one) && !one.matches('title')).map((one) => {
    const { color, fill } = getComputedStyle(one)
    return { text: one.textContent.slice(0, 40), front: one instanceof SVGElement ? fill : color, back: backOf(one) }
  })
})()`

/** The ground and the marks of every pattern. */
export const patternColours = `[...document.querySelectorAll('pattern')].map((pattern) => {
  const [ground, mark] = [...pattern.children].map((one) => getComputedStyle(one))
  return { name: pattern.id, front: mark.stroke === 'none' ? mark.fill : mark.stroke, back: ground.fill }
})`
