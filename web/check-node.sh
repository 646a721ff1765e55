#!/bin/sh
# Says in one sentence what the web build is missing.
major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)
if [ -z "$major" ] || [ "$major" -lt 20 ] || ! command -v npm >/dev/null; then
  echo "Meetjar's web client needs Node.js 20 or newer with npm on the PATH; install it and run the build again." >&2
  exit 1
fi
