/** Wrong arguments; the message says what is wrong and what is allowed. */
export class Usage extends Error {}
