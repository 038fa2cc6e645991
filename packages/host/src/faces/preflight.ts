// What a host lacks before a change, and how that is reported.

export {
  assertNoFindings,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
  warnOfNotices,
} from '../preflight-finding.ts'
export { deniedSudoLines } from '../sudo.ts'
