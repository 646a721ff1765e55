#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: installs it from the distribution's packages where we may,
# and says in one sentence what to install where we may not.
set -eu
if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Chromium is missing; installing it from the distribution's packages."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq chromium >/dev/null
  command -v chromium >/dev/null 2>&1 && exit 0
fi
echo "The browser tests need Chromium: install the package 'chromium', or set CHROMIUM to the path of a Chromium or Chrome." >&2
exit 1
