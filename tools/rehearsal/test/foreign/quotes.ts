/** A service in Go as a user writes it from the README: a unit, nginx with TLS before it, and QA's workflow. */
export const quotes: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/quotes\n\ngo 1.22\n',
  'main.go': `package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

// Set by the build.
var commit = "unknown"

func health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]string{"status": "ok", "sha": commit})
}

func main() {
	http.HandleFunc("/health", health)
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("Hope is a good breakfast.\\n")) })
	log.Fatal(http.ListenAndServe(os.Getenv("LISTEN"), nil))
}
`,
  'main_test.go': `package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealthNamesTheCommit(t *testing.T) {
	w := httptest.NewRecorder()
	health(w, nil)
	if !strings.Contains(w.Body.String(), commit) {
		t.Fatal(w.Body.String())
	}
}
`,
  'deploy/quotes-qa.service': `[Unit]
Description=Quotes
After=network-online.target

[Service]
User=quotes
EnvironmentFile=/etc/quotes/qa.env
WorkingDirectory=/srv/quotes/qa/current
ExecStart=/srv/quotes/qa/current/quotes
Restart=on-failure
ProtectSystem=strict
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`,
  'deploy/nginx.conf': `server {
  listen 80;
  server_name quotes.example.org;
  return 301 https://$host$request_uri;
}
server {
  listen 443 ssl http2;
  server_name quotes.example.org;
  ssl_certificate /etc/letsencrypt/live/quotes.example.org/fullchain.pem; # managed by Certbot
  ssl_certificate_key /etc/letsencrypt/live/quotes.example.org/privkey.pem; # managed by Certbot
  include /etc/letsencrypt/options-ssl-nginx.conf; # managed by Certbot
  ssl_dhparam /etc/letsencrypt/ssl-dhparams.pem; # managed by Certbot
  location / {
    proxy_pass http://127.0.0.1:8080;
  }
}
`,
  'deploy/smoke.sh': `#!/bin/sh
set -eu
curl --fail --silent --show-error --max-time 10 https://quotes.example.org/ | grep breakfast
`,
  'rehearsal.yml': `hosts:
  files:
    /etc/nginx/sites-enabled/quotes: deploy/nginx.conf
    /etc/quotes/qa.env: { text: "LISTEN=127.0.0.1:8080\\n" }
`,
  '.github/workflows/qa.yml': `name: QA
on:
  push: { branches: [main] }
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with: { go-version-file: go.mod }
      - run: go vet ./... && go test ./...
      - run: CGO_ENABLED=0 go build -ldflags "-X main.commit=$GITHUB_SHA" -o build/quotes .
      - run: tar -C build -cf quotes.tar quotes
      - uses: actions/upload-artifact@v4
        with: { name: quotes, path: quotes.tar, if-no-files-found: error }
  release:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      contents: read
    environment: { name: qa, deployment: false }
    concurrency: belay/qa/quotes
    outputs: { result: '\${{ env.BELAY_RESULT }}' }
    steps:
      - uses: actions/checkout@v5
      - uses: belay-actions/belay/actions/release@0000000000000000000000000000000000000000
        with:
          service: quotes
          environment: qa
          settings: \${{ toJSON(vars) }}
          ssh-key: \${{ secrets.SSH_KEY }}
          database-url: \${{ secrets.DATABASE_URL }}
          slack-token: \${{ secrets.SLACK_TOKEN }}
      - run: ./deploy/smoke.sh
`,
}

/** As \`gh variable list\` prints them. */
export const variablesOfQuotes = [
  { name: 'BELAY_HOSTS', value: 'deploy@203.0.113.7' },
  { name: 'BELAY_KNOWN_HOSTS', value: '203.0.113.7 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOfTheRealServer' },
  { name: 'BELAY_CHECK', value: 'http://127.0.0.1:8080/health' },
  { name: 'BELAY_URLS', value: 'https://quotes.example.org/health' },
]
