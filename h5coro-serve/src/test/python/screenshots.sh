#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes pictures of the page with Chromium: screenshots.sh FILE.h5 FOLDER OBJECT...
# SIZE is that of the window, 1280,1000 unless set; DARK=1 asks for dark colours.
set -eu
top=$(CDPATH='' cd -- "${0%/*}/../../../.." && pwd)
file=$1 folder=$2
shift 2
mkdir -p "$folder"
rm -f "$folder/address"
"$top/bin/h5coro" serve --port 0 "file.h5=$file" >"$folder/address" &
server=$!
trap 'kill $server' EXIT
while [ ! -s "$folder/address" ]; do
    kill -0 $server
    sleep 0.2
done
number=0
for object in "" "$@"; do
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="${SIZE:-1280,1000}" \
        ${DARK:+--force-dark-mode --blink-settings=preferredColorScheme=0} \
        --virtual-time-budget=8000 --user-data-dir="$folder/chromium" --screenshot="$folder/page$number.png" \
        "$(cat "$folder/address")#/file.h5${object:+::$object}"
    number=$((number + 1))
done
