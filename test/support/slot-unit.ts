/**
 * The text of a template unit for both slots of a service below `base`: the instance is the port.
 * @param more lines for its section `[Service]`
 */
export function slotUnit(base: string, more: readonly string[] = []): string {
  return [
    '[Unit]',
    'Description=Test service in slot %i',
    '[Service]',
    'User=www-data',
    `WorkingDirectory=${base}/slots/%i`,
    `ExecStart=/usr/local/bin/node ${base}/slots/%i/server.mjs this-host %i`,
    'Restart=always',
    ...more,
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}
