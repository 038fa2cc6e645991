import { connect } from 'node:net'

/** Counters in Redis. It is a cache: what it does not answer within half a second is done without it. */
export function openCache(host, port = 6379) {
  let socket
  const waiting = []

  function open() {
    const opened = connect({ host, port })
    const end = (error) => {
      if (socket === opened) socket = undefined
      for (const { reject } of waiting.splice(0)) reject(error)
    }
    opened.setEncoding('utf8').on('data', (text) => {
      // Each command of this client is answered by one line.
      for (const line of text.split('\r\n').filter(Boolean)) waiting.shift()?.resolve(line)
    })
    opened.on('error', end).on('close', () => end(new Error('the connection is closed')))
    return opened
  }

  function ask(command) {
    socket ??= open()
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => socket?.destroy(new Error('no answer')), 500)
      const settled = (then) => (value) => {
        clearTimeout(late)
        then(value)
      }
      waiting.push({ resolve: settled(resolve), reject: settled(reject) })
      socket.write(`${command}\r\n`)
    })
  }

  return {
    ping: () => ask('PING'),
    /** How often it was asked for; undefined where it is unknown. */
    async count(name) {
      const answer = await ask(`INCR ${name}`).catch(() => '')
      return /^:\d+$/.test(answer) ? Number(answer.slice(1)) : undefined
    },
    close: () => socket?.destroy(),
  }
}
