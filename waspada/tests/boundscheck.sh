#!/bin/sh
# The tests with every index of every kernel checked: a slip that would read beyond an array is an exception here.
# The kernels are compiled anew, into a cache of their own. Arguments go to pytest.
set -eu
cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
cd "$(dirname "$0")/.."
NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR="$cache" "${PYTHON:-python3}" -m pytest -q tests "$@"
