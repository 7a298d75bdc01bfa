#!/bin/sh
# Set up the demo in var/ and serve it on 127.0.0.1. Usage: run.sh PORT [FILE…]; files are checked instead.
set -eu
port=$1
shift
if [ "$#" -gt 0 ]; then
    echo '提示：核查文件请用 make check-files FILES="…"；不带 FILES 的 make run 启动演示网站。'
    exec scripts/check_files.sh "$@"
fi
export DJANGO_SETTINGS_MODULE=gongkai.web.settings.dev
exec .venv/bin/python -P -m gongkai.web.manage run_demo --port "$port" --samples samples
