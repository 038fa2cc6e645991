import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Lines, and in a terminal a status line below them that changes in place. */
export interface Terminal {
  line(text?: string): void
  /** Shown until the next one, in a terminal only. */
  status(text: string): void
  style(style: Style, text: string): string
  /** Seconds since the terminal was opened, as `12.3 s`. */
  clock(): string
  /** Nothing is shown afterwards. */
  close(): void
}

const spinner = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏']

export function openTerminal(out: NodeJS.WriteStream): Terminal {
  const started = performance.now()
  const live = out.isTTY === true
  let status = ''
  let closed = false
  let turn = 0
  const draw = () => {
    if (status === '') return
    const text = `${spinner[turn++ % spinner.length]} ${status}`
    out.write(`\r\x1b[2K${[...text].slice(0, (out.columns || 80) - 1).join('')}`)
  }
  // A reader that goes away (`| head`) does not change the exit status.
  out.on('error', () => {})
  const timer = live ? setInterval(draw, 100).unref() : undefined
  const clear = () => {
    if (live && status !== '') out.write('\r\x1b[2K')
  }
  return {
    line(text = '') {
      if (closed) return
      clear()
      out.write(`${text}\n`)
      if (live) draw()
    },
    status(text) {
      if (closed || !live) return
      clear()
      status = text
      draw()
    },
    style: (style, text) => styleText(style, text, { stream: out }),
    clock: () => `${((performance.now() - started) / 1000).toFixed(1)} s`,
    close() {
      if (closed) return
      clear()
      closed = true
      status = ''
      clearInterval(timer)
    },
  }
}
