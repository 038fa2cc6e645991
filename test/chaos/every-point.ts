import { type CrossPoint, crossPoints, faultOf } from './cross-points.ts'
import { type ElsewherePoint, elsewherePoints } from './elsewhere/points.ts'
import { allPoints, type FaultPoint } from './fault-points.ts'
import { type HostPoint, hostPoints } from './host-points.ts'
import { type MigrationPoint, migrationPoints } from './migration-points.ts'

/** One point of the enumerated run: a fault at the runner, on a host, of both, around a migration, or with proxies elsewhere. */
export type Point =
  | { readonly at: 'runner'; readonly kind: string; readonly name: string; readonly point: FaultPoint }
  | { readonly at: 'host'; readonly kind: string; readonly name: string; readonly point: HostPoint }
  | { readonly at: 'both'; readonly kind: string; readonly name: string; readonly point: CrossPoint }
  | { readonly at: 'migration'; readonly kind: string; readonly name: string; readonly point: MigrationPoint }
  | { readonly at: 'elsewhere'; readonly kind: string; readonly name: string; readonly point: ElsewherePoint }

/** All of them; of each `kind` a sample has one. */
export function everyPoint(): Point[] {
  return [
    ...allPoints().map((point) => ({ at: 'runner', kind: point.fault, name: point.name, point }) as const),
    ...hostPoints().map((point) => ({ at: 'host', kind: point.fault, name: point.name, point }) as const),
    ...crossPoints().map(
      (point) => ({ at: 'both', kind: `${faultOf(point)} at a host`, name: point.name, point }) as const,
    ),
    ...migrationPoints().map(
      (point) => ({ at: 'migration', kind: `${point.fault} of a migration`, name: point.name, point }) as const,
    ),
    ...elsewherePoints().map(
      (point) => ({ at: 'elsewhere', kind: `${point.fault} elsewhere`, name: point.name, point }) as const,
    ),
  ]
}
