import type { BuiltinAction } from './builtin-action.ts'
import { checkout } from './checkout.ts'
import { downloadArtifact } from './download-artifact.ts'
import { uploadArtifact } from './upload-artifact.ts'

export const STAND_INS = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
} as const satisfies Record<string, BuiltinAction>

export type StandInName = keyof typeof STAND_INS

export function isStandIn(name: string): name is StandInName {
  return name in STAND_INS
}
