#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures of docs/plot.md with a built checkout. They are to be looked at before they are committed.
# usage: docs-pictures.sh [COADS_CLIMATOLOGY.nc4]   without the file, which is not in the repository, its picture stays
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../../../.." && pwd)
granule=$top/testdata/src/main/resources/fixtures/sample_granule.h5
mkdir -p "$top/docs/images"
"$top/bin/h5coro" plot "$granule" -d /gt1l/heights/h_ph -x delta_time --size 640x340 \
    -o "$top/docs/images/plot-scatter.png"
if [ $# -gt 0 ]; then
    "$top/bin/h5coro" plot "$1" -d '/SST[0]' --map --size 640x360 -o "$top/docs/images/plot-map.png"
fi
