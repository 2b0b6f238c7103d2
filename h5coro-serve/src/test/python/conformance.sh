#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the tests of the Python client hdfstream against h5coro serve. The client's sources (GPL-3) are fetched into a
# folder that git ignores. PYTHON is an interpreter with venv, FOLDER is where to work.
set -eu
here=$(CDPATH='' cd -- "${0%/*}" && pwd)
top=$(CDPATH='' cd -- "$here/../../../.." && pwd)
folder=${FOLDER:-$top/h5coro-serve/target/hdfstream}
version=${VERSION:-0.0.28}
mkdir -p "$folder"
cd "$folder"
[ -x venv/bin/python ] || "${PYTHON:-python3}" -m venv venv
venv/bin/pip install -q "hdfstream==$version" pytest pytest-recording
[ -d "hdfstream-$version" ] || {
    venv/bin/pip download -q --no-deps --no-binary :all: "hdfstream==$version" -d .
    tar xf "hdfstream-$version.tar.gz"
}
rm -rf served address
mkdir served
venv/bin/python "$here/rebuild_recorded.py" "hdfstream-$version/tests" served
set --
for root in served/*; do
    set -- "$@" "${root#served/}=$folder/$root"
done
"$top/bin/h5coro" serve --port 0 "$@" >address &
server=$!
trap 'kill $server' EXIT
while [ ! -s address ]; do
    kill -0 $server
    sleep 0.2
done
cd "hdfstream-$version"
../venv/bin/python -m pytest -q -m vcr --disable-recording --server "$(cat ../address)"
