#!/bin/sh
# Check the sample reports and the files given: what was read and what is wrong, and pages to look at.
# Findings are the result, not a failure of this script.
set -u
gongkai=.venv/bin/gongkai
out=out
rm -f "$out"/*.html
"$gongkai" check --full --html "$out" samples "$@"
code=$?
[ "$code" -le 2 ] || exit "$code"
cat <<T

结果页面：$out/index.html
核查自己的文件：make check-files FILES="报告1.docx 报告2.pdf"，或 $gongkai check 报告.docx（用法：$gongkai --help）
T
[ -f "$out/index.html" ]
