#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes many_sources.h5 and source.h5.gz into src/test/resources: a virtual dataset of 24 files source_0.h5 to
source_23.h5, which are all copies of the one. Its chunk index is 4 MB behind its front.

    make_many_sources.py FOLDER

Needs h5py.
"""
import gzip, os, sys
import h5py, numpy as np

os.chdir(sys.argv[1])
with h5py.File("source.h5", "w") as f:
    f.create_dataset("rows", (100, 3), "<i4", chunks=(1, 3))
    f["far"] = np.zeros(1 << 20, "<i4")
    f["rows"][...] = np.arange(300).reshape(100, 3)
    place = f["rows"].id.get_chunk_info_by_coord((99, 0))
    print("last chunk", place.byte_offset, place.size)
with open("source.h5", "rb") as plain, open("source.h5.gz", "wb") as out:
    with gzip.GzipFile("", "wb", 9, out, 0) as packed:
        packed.write(plain.read())
os.remove("source.h5")
with h5py.File("many_sources.h5", "w", libver=("earliest", "v110")) as f:
    layout = h5py.VirtualLayout((2400, 3), "<i4")
    for i in range(24):
        layout[100 * i : 100 * (i + 1)] = h5py.VirtualSource(f"source_{i}.h5", "rows", (100, 3))
    f.create_virtual_dataset("all", layout)
