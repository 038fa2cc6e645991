/** What CI plays in part is chosen by this: BELAY_SEED, by default another one each day. */
export const seed = Number(process.env.BELAY_SEED ?? Math.floor(Date.now() / 86_400_000))
