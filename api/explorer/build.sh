#!/bin/sh
# Builds the explorer into dist/, which is committed so that the server builds without Node.
#   ./build.sh          rebuilds dist/
#   ./build.sh --check  fails when dist/ is not what the sources build
set -eu
cd "$(dirname "$0")"

npm ci --no-audit --no-fund
npm test
rm -rf build
npx --no-install vite build --logLevel warn

if [ "${1:-}" = "--check" ]; then
  fresh=$(mktemp -d)
  trap 'rm -rf "$fresh"' EXIT
  node compress.js build "$fresh"
  if ! diff -rq "$fresh" dist; then
    echo "dist/ is not what the sources build. Run api/explorer/build.sh and commit dist/." >&2
    exit 1
  fi
else
  rm -rf dist
  node compress.js build dist
fi
