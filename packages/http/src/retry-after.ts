/**
 * Milliseconds that an answer asks to wait (`Retry-After`: whole seconds, or a date; RFC 9110, section 10.2.3). Never below 0.
 * Undefined where it asks for nothing, or for something that is neither.
 */
export function retryAfterMs(header: unknown): number | undefined {
  const text = String(header ?? '').trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // A date of HTTP ends with its zone; Date.parse would take more than that.
  const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}
