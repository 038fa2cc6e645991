import { startHost, startSystemdHost } from '../src/index.ts'

// A process that starts a host with something detached on it, says its address, and never stops it.
const [authorizedKey = '', kind] = process.argv.slice(2)
const host = await (kind === 'systemd' ? startSystemdHost : startHost)({ authorizedKey })
await host.run(['sh', '-c', 'setsid sleep 4444 </dev/null >/dev/null 2>&1 &'])
console.log(host.address)
