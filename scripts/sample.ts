/**
 * `count` of all, in their order, chosen by the seed. Seeds that follow each other choose what was not played yet, until
 * all were: with a seed a day everything is played in turn. Of each kind that is rarer than one in a sample there is one,
 * as far as `count` reaches; the others have their share.
 */
export function sample<T>(all: readonly T[], count: number, seed: number, kindOf: (item: T) => string): T[] {
  const kinds = [...Map.groupBy(shuffled(all), kindOf).values()]
  const rare = kinds.filter((items) => items.length * count < all.length)
  const chosen =
    rare.length < count
      ? [
          ...rare.flatMap((items) => portion(items, 1, seed)),
          ...portion(spread(kinds.filter((items) => !rare.includes(items))), count - rare.length, seed),
        ]
      : portion(shuffled(all), count, seed)
  const wanted = new Set(chosen)
  return all.filter((item) => wanted.has(item))
}

/** As many, from where the seed before ended; from the start again after the last one. */
function portion<T>(items: readonly T[], size: number, seed: number): readonly T[] {
  const start = (seed * size) % items.length
  return [...items.slice(start), ...items.slice(0, start)].slice(0, size)
}

/** All kinds in one row, each at equal distances. */
function spread<T>(kinds: readonly (readonly T[])[]): T[] {
  return kinds
    .flatMap((items) => items.map((item, index) => ({ item, at: (index + 0.5) / items.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** Always the same order, in which neighbours have nothing to do with each other (mulberry32). */
function shuffled<T>(items: readonly T[]): T[] {
  let state = 1
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
