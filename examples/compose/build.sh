#!/bin/sh
# Makes build/app: the service and all that it depends on in one file, which is what the Dockerfile takes.
set -eu
[ -e node_modules ] || npm ci --ignore-scripts
rm -rf build
node_modules/.bin/ncc build app/server.mjs --quiet --out build/app
mv build/app/index.mjs build/app/server.mjs
