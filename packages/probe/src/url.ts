/** Reads a URL to probe. Returns the URL, or what is wrong with the text and how to fix it. */
export function parseProbeUrl(text: string): { url: URL } | { problem: string; remedy: string } {
  const example = 'Write it as in https://api.example.com/health.'
  if (/\s/.test(text)) return { problem: 'has a space in it', remedy: 'Give one URL a line.' }
  if (!/^https?:\/\//i.test(text)) return { problem: 'does not start with http:// or https://', remedy: example }
  if (!URL.canParse(text)) return { problem: 'is not a URL', remedy: example }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    return {
      problem: 'holds a login',
      remedy: 'Leave the login out, because the URL is printed. Give a path that needs no login.',
    }
  if (url.port === '0') return { problem: 'has the port 0', remedy: 'Give the port that the service listens on.' }
  url.hash = ''
  return { url }
}
