import type { Session } from '../database.ts'

/** The quoted name of a table for a statement. The inputs ensure that its parts are plain words. */
export function tableText(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

export async function tableExists(session: Session, table: string): Promise<boolean> {
  const [row] = await session.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    tableText(table),
  ])
  return row?.exists === true
}
