/** Whether a text can be the name of a systemd unit, and nothing else to systemctl. */
export function isUnitName(text: string): boolean {
  return /^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(text)
}
