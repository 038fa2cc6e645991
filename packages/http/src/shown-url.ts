/**
 * A text that should have been a URL, for an error that is printed: without what may be a login (all that stands before
 * an `@`, whatever the slashes look like) and without a query, which may hold a key.
 */
export function shownUrl(text: string): string {
  return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…')
}
