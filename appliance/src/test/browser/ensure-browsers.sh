#!/bin/sh
# Makes sure that a Chromium and a Firefox are there for the browser tests: installs them from the distribution's packages
# where we may, and says in one sentence what to install where we may not.
set -eu

# ensure NAME VARIABLE VALUE PACKAGE COMMAND...
ensure() {
  name=$1 variable=$2 value=$3 package=$4
  shift 4
  [ -z "$value" ] || return 0
  for command in "$@"; do
    if command -v "$command" >/dev/null 2>&1; then return 0; fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "$name is missing; installing it from the distribution's packages."
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt-get update -qq
    apt-get install -y -qq "$package" >/dev/null || true
    for command in "$@"; do
      if command -v "$command" >/dev/null 2>&1; then return 0; fi
    done
  fi
  echo "The browser tests need $name: install the package '$package', or set $variable to the path of a $name." >&2
  exit 1
}

ensure Chromium CHROMIUM "${CHROMIUM:-}" chromium chromium
ensure Firefox FIREFOX "${FIREFOX:-}" firefox-esr firefox-esr firefox
