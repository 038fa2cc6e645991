/** Reads a URL to probe. Returns the URL, or what is wrong with the text and how to mend it. */
export function parseProbeUrl(text: string): { url: URL } | { wrong: string; mend: string } {
  const example = 'Write it as in https://api.example.com/health.'
  if (/\s/.test(text)) return { wrong: 'has a space in it', mend: 'Give one URL a line.' }
  if (!/^https?:\/\//i.test(text)) return { wrong: 'does not start with http:// or https://', mend: example }
  if (!URL.canParse(text)) return { wrong: 'is not a URL', mend: example }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    return { wrong: 'holds a login', mend: 'Leave it out: the URL is printed. Give the check a path that needs none.' }
  if (url.port === '0') return { wrong: 'has the port 0', mend: 'Give the port that the service listens on.' }
  url.hash = ''
  return { url }
}
