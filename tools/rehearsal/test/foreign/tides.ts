/** A service in Go in a container, as a user writes it from the README: a Compose file, an image, and QA's workflow. */
export const tides: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/tides\n\ngo 1.22\n',
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
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("High water at " + os.Getenv("HARBOUR") + ": 04:12\\n")) })
	log.Fatal(http.ListenAndServe(":3000", nil))
}
`,
  Dockerfile: `FROM scratch
COPY build/tides /tides
USER 65534
EXPOSE 3000
ENTRYPOINT ["/tides"]
`,
  'deploy/compose.yml': `name: tides
services:
  tides:
    image: \${TIDES_IMAGE:?set by a release}
    restart: unless-stopped
    environment: { HARBOUR: '\${HARBOUR}' }
    ports: ['8080:3000']
`,
  'deploy/smoke.sh': `#!/bin/sh
set -eu
curl --fail --silent --show-error --max-time 10 http://tides.example.org:8080/ | grep 'High water at Cuxhaven'
`,
  'rehearsal.yml': `hosts:
  files:
    /srv/tides/compose/.env: { text: "HARBOUR=Cuxhaven\\n" }
`,
  '.github/workflows/qa.yml': `name: QA
on:
  push: { branches: [main] }
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions: { contents: read, packages: write }
    outputs: { ref: '\${{ steps.image.outputs.ref }}' }
    env: { CGO_ENABLED: '0' }
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with: { go-version-file: go.mod }
      - run: go build -ldflags "-X main.commit=$GITHUB_SHA" -o build/tides .
      - id: image
        uses: belay-actions/belay/actions/build-image@0000000000000000000000000000000000000000
        with:
          image: \${{ vars.BELAY_IMAGE }}
          password: \${{ secrets.GITHUB_TOKEN }}
  release:
    needs: build
    runs-on: ubuntu-latest
    permissions: { contents: read }
    environment: { name: qa, deployment: false }
    concurrency: belay/qa/tides
    outputs: { result: '\${{ env.BELAY_RESULT }}' }
    steps:
      - uses: actions/checkout@v5
      - uses: belay-actions/belay/actions/release@0000000000000000000000000000000000000000
        with:
          service: tides
          environment: qa
          settings: \${{ toJSON(vars) }}
          image: \${{ needs.build.outputs.ref }}
          registry-token: \${{ secrets.PULL_TOKEN }}
          ssh-key: \${{ secrets.SSH_KEY }}
          slack-token: \${{ secrets.SLACK_TOKEN }}
      - run: ./deploy/smoke.sh
`,
}

/** As \`gh variable list\` prints them. */
export const variablesOfTides = [
  { name: 'BELAY_HOSTS', value: 'deploy@tides.example.org' },
  { name: 'BELAY_KNOWN_HOSTS', value: 'tides.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOfTheRealServer' },
  { name: 'BELAY_IMAGE', value: 'ghcr.io/acme/tides' },
  { name: 'BELAY_REGISTRY_USER', value: 'acme-bot' },
  { name: 'BELAY_RESTART', value: 'compose:/srv/tides/compose' },
  { name: 'BELAY_CHECK', value: 'http://127.0.0.1:8080/health' },
  { name: 'BELAY_URLS', value: 'http://tides.example.org:8080/health' },
]
