/** Whether a text can be the name of a systemd unit, and nothing that systemctl would read otherwise. */
export function isUnitName(text: string): boolean {
  return /^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(text)
}
