# SPDX-License-Identifier: Apache-2.0
"""Writes the metadata of a file with two datasets of 100 GB, whose values a test makes up.

Usage: huge_head.py OUTPUT. A sparse file of 200 GB is made beside it and deleted again. libhdf5 allocates both
datasets when they are made and writes nothing to them: /contiguous in one run, /chunked without an index (an implicit
one: chunk n stands at the start of the run plus n chunks), both of 12,500,000 rows of 1000 int64.
"""
import os
import sys

import h5py

ROWS = 12_500_000
COLUMNS = 1000

output = sys.argv[1]
sparse = output + ".sparse"
with h5py.File(sparse, "w", libver="v110") as f:
    for name, chunks in (b"contiguous", None), (b"chunked", (500, 250)):
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        if chunks:
            plist.set_chunk(chunks)
        space = h5py.h5s.create_simple((ROWS, COLUMNS))
        d = h5py.h5d.create(f.id, name, h5py.h5t.STD_I64LE, space, plist)
        print(name, d.get_chunk_info(0).byte_offset if chunks else d.get_offset())
with open(sparse, "rb") as f:
    head = f.read(1 << 20).rstrip(b"\0")
print("size", os.path.getsize(sparse))
os.remove(sparse)
with open(output, "wb") as f:
    f.write(head.ljust(-len(head) % 512 + len(head), b"\0"))
