#!/bin/sh
# Names what a fresh machine lacks, before anything is fetched; prints the Python to use.
set -u
missing=""
lacks() { missing="${missing}  - $1
"; }

python=""
venvless=""
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
    venvless=${venvless:-$candidate}
done
if [ -z "$python" ] && [ -n "$venvless" ]; then
    lacks "the venv module of $venvless (Debian: apt-get install python3-venv)"
elif [ -z "$python" ] && [ -n "${PYTHON:-}" ]; then
    lacks "Python 3.11 or newer: $PYTHON, which PYTHON names, is none"
elif [ -z "$python" ]; then
    lacks "Python 3.11 or newer (Debian: apt-get install python3 python3-venv; elsewhere: make setup PYTHON=/path/to/python3)"
fi
command -v git >/dev/null 2>&1 || lacks "git (Debian: apt-get install git)"

if [ -n "$missing" ]; then
    printf 'rukun cannot be set up yet. This machine lacks:\n%s' "$missing" >&2
    exit 1
fi
printf '%s\n' "$python"
