#!/bin/sh
# Resolve and pin every requirement file, with hashes and without naming an index. Usage: lock.sh UV
set -eu
uv=$1
cd "$(dirname "$0")/../requirements"
export UV_CUSTOM_COMPILE_COMMAND="make lock"
lock() {
    out=$1
    shift
    "$uv" pip compile --quiet --upgrade --python-version 3.11 --generate-hashes \
        --output-file "$out" "$@"
}
lock build.txt build.in
lock run.txt ../pyproject.toml
lock ocr.txt ../pyproject.toml --extra ocr --constraint run.txt
lock web.txt ../pyproject.toml --extra web --constraint run.txt --constraint ocr.txt
lock dev.txt dev.in
