#!/bin/sh
# What some tests need from Debian: installed as root, named otherwise. Those tests are skipped without it.
set -u
# libatomic1: the browser driver of the page tests is linked against it.
wanted="libatomic1 libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk chromium"
missing=""
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "正在安装测试所需的软件包 / Installing what the tests need:$missing"
    apt-get -qq update
    # shellcheck disable=SC2086 - one argument for each package
    if DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
    echo "没有装上 / Could not install:$missing"
fi
cat <<T

有些测试需要下面的软件包，没有它们的测试会跳过，并写明原因：
Some tests need these packages; without them they are skipped, and say why:
    sudo apt-get install$missing

T
