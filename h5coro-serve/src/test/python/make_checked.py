# SPDX-License-Identifier: Apache-2.0
"""Writes what tests of src/test/resources compare with: make_checked.py FOLDER

checked.h5   values of several layouts, a dataset of 2 GiB that was never written, one with a damaged chunk
checked.tsv  random slices of it, each with the CRC-32 of what h5py reads, least significant byte first
many.h5      a dataset of 200,000 rows, without its values: they follow as the numbers from 0, in <i4
"""
import json
import os
import sys
import zlib

import h5py
import numpy as np

folder = sys.argv[1]
random = np.random.default_rng(15)
checked = os.path.join(folder, "checked.h5")

with h5py.File(checked, "w", libver="latest") as f:
    f.create_dataset("cube", data=random.integers(-500, 500, (40, 30, 20), "<i2"), chunks=(7, 8, 9), shuffle=True,
                     compression="gzip")
    f["plain"] = random.standard_normal((500, 3)).astype(">f8")
    f["pairs"] = np.array([(i, (i / 2, -i)) for i in range(60)], [("id", "<i4"), ("two", ">f4", (2,))])
    f.create_dataset("unwritten", (1 << 28,), "<f8", fillvalue=1.5)
    bytes_of_all = (np.arange(1 << 22) % 251).astype("u1")
    f.create_dataset("damaged", data=bytes_of_all, chunks=(1 << 16,), compression="gzip", fletcher32=True)
    chunk = f["damaged"].id.get_chunk_info(50)
with open(checked, "r+b") as raw:
    raw.seek(chunk.byte_offset + chunk.size // 2)
    one = raw.read(1)[0]
    raw.seek(chunk.byte_offset + chunk.size // 2)
    raw.write(bytes([one ^ 0xff]))

with h5py.File(checked) as f, open(os.path.join(folder, "checked.tsv"), "w") as out:
    for i in range(800):
        name = ("cube", "plain", "pairs")[i % 3]
        dataset = f[name]
        ranges = int(random.integers(1, 6))
        edges = sorted(int(n) for n in random.choice(dataset.shape[0] + 1, 2 * ranges, replace=False))
        starts, counts = edges[::2], [b - a for a, b in zip(edges[::2], edges[1::2])]
        rest = [sorted(int(n) for n in random.choice(length + 1, 2, replace=False)) for length in dataset.shape[1:]]
        values = np.concatenate([dataset[(slice(a, a + n), *(slice(*r) for r in rest))]
                                 for a, n in zip(starts, counts)])
        crc = zlib.crc32(values.astype(values.dtype.newbyteorder("<")).tobytes())
        asked = [[starts, counts]] + [[a, b - a] for a, b in rest]
        out.write("/%s\t%s\t%d\n" % (name, json.dumps(asked, separators=(",", ":")), crc))

many = os.path.join(folder, "many.h5")
with h5py.File(many, "w", libver="latest") as f:
    f["rows"] = np.arange(600_000, dtype="<i4").reshape(200_000, 3)
    offset = f["rows"].id.get_offset()
if os.path.getsize(many) != offset + 4 * 600_000:
    raise SystemExit("the values are not the end of the file")
os.truncate(many, offset)
