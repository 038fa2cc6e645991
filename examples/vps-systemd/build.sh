#!/bin/sh
# Makes build/acme-SERVICE.tar for each service: its code and all that it depends on in one file, and release.json, by
# which it knows what it is.
set -eu
version=$(cat VERSION)
[ -e node_modules ] || npm ci --ignore-scripts
rm -rf build
for service in api worker; do
  node_modules/.bin/ncc build "$service/server.mjs" --quiet --out "build/$service"
  mv "build/$service/index.mjs" "build/$service/server.mjs"
  printf '{"service":"acme-%s","version":"%s","sha":"%s"}\n' "$service" "$version" "$GITHUB_SHA" >"build/$service/release.json"
  # A tar keeps what the artifact itself would lose: modes and links.
  tar -C "build/$service" -cf "build/acme-$service.tar" .
done
