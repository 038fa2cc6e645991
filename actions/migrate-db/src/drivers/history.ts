import type { Session } from '../database.ts'

/** A table's name as it stands in a statement; its parts are plain words, as the inputs see to. */
export function tableText(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

export async function tableExists(session: Session, table: string): Promise<boolean> {
  const [row] = await session.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    tableText(table),
  ])
  return row?.there === true
}
