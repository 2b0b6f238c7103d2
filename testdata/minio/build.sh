#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds a minio server for the S3 tests from the Go module beside this script and prints the path of the binary.
# It is built once and kept under ${XDG_CACHE_HOME:-~/.cache}/h5coro; about three minutes on two cores.
# Without Go, or when the build fails or takes longer than H5CORO_MINIO_SECONDS (900), it ends with 1: the tests then
# take another server. A failed build is not tried again for a day (remove the .failed file to try at once).

# Where H5CORO_TEST_S3 asks for another server it ends with 1 at once.

case ${H5CORO_TEST_S3:-} in
    s3proxy | endpoint) exit 1 ;;
esac

here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P) || exit 1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/h5coro
version=$(sed -n 's/.*github.com\/minio\/minio \(v[^ ]*\).*/\1/p' "$here/go.mod" | head -n 1)
binary=$cache/minio-$version

if [ -x "$binary" ]; then
    echo "$binary"
    exit 0
fi
command -v go >/dev/null 2>&1 || { echo "no Go here: no minio" >&2; exit 1; }
mkdir -p "$cache" || exit 1
if [ -n "$(find "$cache" -name "minio-$version.failed" -mtime -1 2>/dev/null)" ]; then
    echo "building minio failed within the last day, see $binary.failed" >&2
    exit 1
fi

# One build at a time; a lock older than an hour is a dead one's.
lock=$cache/minio.lock
find "$cache" -maxdepth 1 -name minio.lock -mmin +60 -exec rmdir {} \; 2>/dev/null
mkdir "$lock" 2>/dev/null || { echo "another build of minio is under way" >&2; exit 1; }
work=$(mktemp -d "$cache/build.XXXXXX") || { rmdir "$lock"; exit 1; }
trap 'rm -rf "$work"; rmdir "$lock" 2>/dev/null' EXIT
trap 'exit 1' HUP INT TERM

echo "building minio once, some minutes: $binary" >&2
limit=
command -v timeout >/dev/null 2>&1 && limit="timeout ${H5CORO_MINIO_SECONDS:-900}"
cp "$here/go.mod" "$here/go.sum" "$work"
# shellcheck disable=SC2086 # the limit is a command and its argument
if (cd "$work" && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 \
        $limit nice go build -trimpath -ldflags '-s -w' -o "$work/minio" github.com/minio/minio) >"$work/log" 2>&1 &&
    "$work/minio" --version >>"$work/log" 2>&1; then
    mv "$work/minio" "$binary" && echo "$binary"
    exit 0
fi
mv "$work/log" "$binary.failed"
echo "building minio failed, see $binary.failed" >&2
exit 1
