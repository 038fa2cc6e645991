import { files } from './my-service.ts'

/** my-service with two slots behind HAProxy, which ends TLS: what differs from its files. */
export const behindHaproxy: Readonly<Record<string, string | undefined>> = {
  'server.mjs': files['server.mjs']?.replace('listen(8080)', "listen(process.argv[2], '127.0.0.1')"),
  'deploy/my-service-qa.service': undefined,
  'deploy/my-service-qa@.service': files['deploy/my-service-qa.service']
    ?.replace('/current', '/slots/%i')
    .replace('server.mjs', 'server.mjs %i'),
  '.github/workflows/qa.yml': files['.github/workflows/qa.yml']
    ?.replace(
      'settings:',
      `slots: 5001 5011
          driver: haproxy
          check: http://localhost:{slot}/health
          urls: https://api.example.com/health
          settings:`,
    )
    .replace('${{ vars.BELAY_URLS }}', 'https://api.example.com/health'),
  // As Debian's, with the lines that Belay asks for and a service of one's own.
  'deploy/haproxy.cfg': `global
  log /dev/log local0
  chroot /var/lib/haproxy
  stats socket /run/haproxy/admin.sock mode 660 group deploy level admin
  server-state-file /var/lib/haproxy/belay/server-state
  user haproxy
  group haproxy
  daemon

defaults
  log global
  mode http
  option httplog
  timeout connect 5s
  timeout client 50s
  timeout server 50s
  load-server-state-from-file global

frontend web
  bind :443 ssl crt /etc/haproxy/certs/
  default_backend my-service-qa

backend my-service-qa
  option httpchk GET /health
  server blue 127.0.0.1:5001 check inter 500 weight 100
  server green 127.0.0.1:5011 check inter 500 weight 0
`,
}
