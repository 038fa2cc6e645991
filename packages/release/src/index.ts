export const a: number = 3
