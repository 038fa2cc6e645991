import type { BuiltinAction } from './builtin-action.ts'
import { checkout } from './checkout.ts'
import { downloadArtifact } from './download-artifact.ts'
import { machineTool, noCache } from './machine-tool.ts'
import { uploadArtifact } from './upload-artifact.ts'

export const BUILT_INS = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'actions/setup-node': machineTool,
  'actions/setup-python': machineTool,
  'actions/setup-go': machineTool,
  'actions/setup-java': machineTool,
  'actions/cache': noCache,
} as const satisfies Record<string, BuiltinAction>

export type BuiltInName = keyof typeof BUILT_INS

export function isBuiltIn(name: string): name is BuiltInName {
  return name in BUILT_INS
}
