#!/bin/sh
# Makes build/acme-SERVICE.tar for each service: its files, and release.json, by which it knows what it is.
set -eu
version=$(cat VERSION)
rm -rf build
for service in api worker; do
  mkdir -p "build/$service"
  cp -R "$service/." "build/$service"
  printf '{"service":"acme-%s","version":"%s","sha":"%s"}\n' "$service" "$version" "$GITHUB_SHA" >"build/$service/release.json"
  # A tar keeps what the artifact itself would lose: modes and links.
  tar -C "build/$service" -cf "build/acme-$service.tar" .
done
