import * as core from '@actions/core'

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (docs/research/runner.md#texts).
 */
export function mask(secret: string): void {
  for (const form of maskedForms(secret)) core.setSecret(form)
}

/** All forms of a secret to mask. Lines shorter than 4 characters would hide half the log. */
export function maskedForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim())
  const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)]
  return [...new Set(forms)].filter((form) => form.trim().length >= 4)
}
