/** Replaces addresses by the names that people know, the longest first: one may begin with another. */
export function renamer(names: ReadonlyMap<string, string>): (text: string) => string {
  const addresses = [...names.keys()].toSorted((a, b) => b.length - a.length)
  if (addresses.length === 0) return (text) => text
  const any = addresses.map((address) => address.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  // 127.0.0.1 is not the beginning of 127.0.0.12.
  const pattern = new RegExp(`(?<![\\d.])(?:${any})(?!\\.?\\d)`, 'g')
  return (text) => text.replaceAll(pattern, (address) => names.get(address) ?? address)
}
