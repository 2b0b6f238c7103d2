# SPDX-License-Identifier: Apache-2.0
"""Writes what tests of src/test/resources compare with: make_checked.py FOLDER

checked.h5   values of several layouts, a dataset of 2 GiB that was never written, one with a damaged chunk
checked.tsv  random slices of it, each with the CRC-32 of what h5py reads, least significant byte first
scattered.h5.gz  40 datasets with attributes, far apart from each other
links.h5     links, virtual datasets and raw files that lead out of its folder, and to what the test puts there
many.h5      a dataset of 200,000 rows, without its values: they follow as the numbers from 0, in <i4
"""
import gzip
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

scattered = os.path.join(folder, "scattered.h5")
with h5py.File(scattered, "w", libver="latest") as f:
    for i in range(40):
        f["d%02d" % i] = np.zeros(300_000, "u1")
        f["d%02d" % i].attrs["units"] = "m"
        f["d%02d" % i].attrs["where"] = float(i)
with open(scattered, "rb") as raw, open(scattered + ".gz", "wb") as out:
    out.write(gzip.compress(raw.read(), 9, mtime=0))
os.remove(scattered)

# Written where no such file is, so that h5py stores the names and looks for nothing.
with h5py.File(os.path.join(folder, "links.h5"), "w", libver="latest") as f:
    outside = ["../outside.h5", "/etc/../tmp/outside.h5", "file:///etc/passwd", "below/../../outside.h5", "link.h5",
               "up/outside.h5", "https://example.org/outside.h5", "s3://bucket/outside.h5"]
    for i, name in enumerate(outside):
        f["external%d" % i] = h5py.ExternalLink(name, "/rows")
        layout = h5py.VirtualLayout((6, 3), "<i4")
        layout[...] = h5py.VirtualSource(name, "rows", (6, 3))
        f.create_virtual_dataset("virtual%d" % i, layout, fillvalue=-1)
    raw = ["../outside.raw", "/etc/passwd", "file:///etc/passwd", "below/../../outside.raw", "link.raw", "up/outside.raw"]
    for i, name in enumerate(raw):
        f.create_dataset("raw%d" % i, (6,), "u1", external=[(name, 0, 6)])
    f["inside"] = h5py.ExternalLink("below/inside.h5", "/rows")
    f.create_dataset("raw_inside", (6,), "u1", external=[("below/inside.raw", 0, 6)])
