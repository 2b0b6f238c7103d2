#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes virtual datasets and their sources into a folder, for read_refs.py.

    make_virtual.py FOLDER

The first word of a dataset's name says what references have to give: "given_", by references to the sources even when
nothing may be inlined, or "refused_". Those of "any_" are random; either will do, as long as values are equal. Needs
h5py and hdf5plugin.
"""
import os, sys
import h5py, hdf5plugin, numpy as np

os.makedirs(sys.argv[1], exist_ok=True)
os.chdir(sys.argv[1])
os.makedirs("sub dir/#1", exist_ok=True)
rng = np.random.default_rng(15)
U = h5py.h5s.UNLIMITED


def numbers(*shape, dtype="<i4"):
    return rng.integers(1, 30000, shape).astype(dtype)


GZIP = dict(compression="gzip", shuffle=True)
for i in range(4):
    with h5py.File(f"part_{i}.h5", "w", userblock_size=512 * (i % 2)) as f:
        f.create_dataset("rows", data=numbers(20, 7), chunks=(10, 7), maxshape=(None, 7), **GZIP)
        f.create_dataset("plain", data=numbers(12 - i, 7))
        f.create_dataset("image", data=numbers(50, 60), chunks=(20, 60), **GZIP)
        f.create_dataset("flat", data=numbers(50, 60))
        f.create_dataset("scalar", data=numbers()[()])
        f.create_dataset("uneven", data=numbers(15, 7), chunks=(10, 7), **GZIP)
        f.create_dataset("zstd", data=numbers(20, 7), chunks=(10, 7), **hdf5plugin.Zstd())
        f.create_dataset("f8", data=numbers(20, 7, dtype="<f8"), chunks=(10, 7), **GZIP)
        f.create_dataset("big", data=numbers(20, 7, dtype=">i4"), chunks=(10, 7), **GZIP)
        f.create_dataset("frames", data=numbers(6, 5, 8), chunks=(1, 5, 8), **GZIP)
        f.create_dataset("lzf", data=numbers(20, 7), chunks=(10, 7), compression="lzf")
        d = f.create_dataset("holes", (20, 7), "<i4", chunks=(10, 7), fillvalue=0 if i % 2 else 9, **GZIP)
        d[10:] = numbers(10, 7)
        f.create_dataset("unfiltered", data=numbers(20, 7), chunks=(10, 7))
        f.create_dataset(f"block_{i}", data=numbers(10, 7), chunks=(10, 7), **GZIP)
        f.create_dataset("raw", data=numbers(20, 7), external=[(f"part_{i}.raw", 16, 560)])
        f.create_dataset("text", data=np.array([b"ab", b"cde"] * 10, "S4"), chunks=(10,), **GZIP)
for name in ("sub dir/a %41ü.h5", "sub dir/#1/c.h5"):
    with h5py.File(name, "w") as f:
        f.create_dataset("rows", data=numbers(20, 7), chunks=(10, 7), **GZIP)
with h5py.File("sub dir/through.h5", "w", libver="latest") as f:
    layout = h5py.VirtualLayout((20, 7), "<i4")
    layout[...] = h5py.VirtualSource("#1/c.h5", "rows", (20, 7))
    f.create_virtual_dataset("rows", layout)


for name, rows in (("refused_truncated", 20), ("refused_small", 10), ("given_without_dataset", 0)):
    with h5py.File(name + ".h5", "w") as f:
        f["rows" if rows else "others"] = np.ones((rows, 7), "<i4")
os.truncate("refused_truncated.h5", os.path.getsize("refused_truncated.h5") - 100)
with open("refused_text.h5", "w") as f:
    f.write("no HDF5 here")


def source(i, name, shape, dtype="<i4", maxshape=None):
    return h5py.VirtualSource(f"part_{i}.h5", name, shape, dtype, maxshape)


def stacked(f, name, sources, shape, dtype="<i4", fill=0, rows=None):
    layout = h5py.VirtualLayout(shape, dtype)
    at = 0
    for s in sources:
        n = s.shape[0]
        layout[at : at + n] = s
        at += n
    f.create_virtual_dataset(name, layout, fillvalue=fill)


def all_of(f, random):
    rows = lambda name="rows", dtype="<i4": [source(i, name, (20, 7), dtype) for i in range(4)]
    stacked(f, "given_rows", rows(), (80, 7))
    stacked(f, "given_plain", [source(i, "plain", (12 - i, 7)) for i in range(4)], (42, 7))
    stacked(f, "given_unfiltered", rows("unfiltered"), (80, 7))
    stacked(f, "given_raw", rows("raw"), (80, 7))
    stacked(f, "given_zstd", rows("zstd"), (80, 7))
    stacked(f, "given_big", rows("big", ">i4"), (80, 7), ">i4")
    stacked(f, "given_last_uneven", [source(0, "rows", (20, 7)), source(1, "uneven", (15, 7))], (35, 7))
    stacked(f, "given_holes", [source(1, "holes", (20, 7)), source(3, "holes", (20, 7))], (40, 7))
    stacked(f, "refused_holes", [source(0, "holes", (20, 7)), source(1, "holes", (20, 7))], (40, 7))
    stacked(f, "refused_uneven", [source(1, "uneven", (15, 7)), source(0, "rows", (20, 7))], (35, 7))
    stacked(f, "refused_filters", [source(0, "rows", (20, 7)), source(1, "zstd", (20, 7))], (40, 7))
    stacked(f, "refused_lzf", rows("lzf"), (80, 7))
    stacked(f, "refused_types", rows("big", ">i4"), (80, 7))
    stacked(f, "refused_float_as_int", rows("f8", "<f8"), (80, 7))
    for name, kind in (("image", "given_images"), ("flat", "given_planes"), ("scalar", "given_scalars")):
        shape = () if name == "scalar" else (50, 60)
        layout = h5py.VirtualLayout((4, *shape), "<i4")
        for i in range(4):
            layout[i] = source(i, name, shape)
        f.create_virtual_dataset(kind, layout)
    layout = h5py.VirtualLayout((4, 2, 50, 60), "<i4")
    for i in range(4):
        layout[i, i % 2] = source(i, "image", (50, 60))
    f.create_virtual_dataset("given_sparse", layout, fillvalue=0)
    layout = h5py.VirtualLayout((4, 2, 50, 60), "<i4")
    for i in range(4):
        layout[i, i % 2] = source(i, "image", (50, 60))
    f.create_virtual_dataset("refused_sparse", layout, fillvalue=3)
    layout = h5py.VirtualLayout((12, 5, 8), "<i4")
    layout[0::2] = source(0, "frames", (6, 5, 8))
    layout[1::2] = source(1, "frames", (6, 5, 8))
    f.create_virtual_dataset("given_interleaved", layout)
    layout = h5py.VirtualLayout((20, 14), "<i4")
    layout[:, :7] = source(0, "rows", (20, 7))
    layout[:, 7:] = source(1, "rows", (20, 7))
    f.create_virtual_dataset("given_side_by_side", layout)
    layout = h5py.VirtualLayout((12, 14), "<i4")
    layout[:, :7] = source(0, "plain", (12, 7))
    layout[:11, 7:] = source(1, "plain", (11, 7))
    f.create_virtual_dataset("given_plain_side_by_side", layout)
    layout = h5py.VirtualLayout((10, 7), "<i4")
    layout[...] = source(0, "rows", (20, 7))[10:]
    f.create_virtual_dataset("given_second_half", layout)
    layout = h5py.VirtualLayout((10, 7), "<i4")
    layout[...] = source(0, "rows", (20, 7))[5:15]
    f.create_virtual_dataset("refused_middle", layout)
    layout = h5py.VirtualLayout((5, 7), "<i4")
    layout[...] = source(0, "rows", (20, 7))[10:15]
    f.create_virtual_dataset("given_beginning_of_a_chunk", layout)
    layout = h5py.VirtualLayout((20, 3), "<i4")
    layout[...] = source(0, "rows", (20, 7))[:, 2:5]
    f.create_virtual_dataset("refused_columns", layout)
    layout = h5py.VirtualLayout((20, 7), "<i4")
    layout[...] = source(0, "rows", (20, 7))
    layout[10:] = source(1, "rows", (20, 7))[:10]
    f.create_virtual_dataset("given_overlapped", layout)
    layout = h5py.VirtualLayout((40, 7), "<i4")
    layout[:20] = h5py.VirtualSource("no_such.h5", "rows", (20, 7))
    layout[20:] = source(1, "rows", (20, 7))
    f.create_virtual_dataset("given_missing", layout, fillvalue=0)
    f.create_virtual_dataset("refused_missing", layout, fillvalue=-1)
    d = f.create_virtual_dataset("given_missing_marked", layout, fillvalue=-1)
    d.attrs["_FillValue"] = np.int32(-1)
    layout = h5py.VirtualLayout((40,), "S4")
    layout[:20] = source(0, "text", (20,), "S4")
    layout[20:] = source(1, "text", (20,), "S4")
    f.create_virtual_dataset("given_text", layout)
    stacked(f, "given_folders", [h5py.VirtualSource(n, "rows", (20, 7)) for n in ("sub dir/a %%41ü.h5", "sub dir/#1/c.h5")], (40, 7))
    stacked(f, "given_through", [h5py.VirtualSource("sub dir/through.h5", "rows", (20, 7)), source(0, "rows", (20, 7))], (40, 7))
    f.create_dataset("given_here", data=numbers(20, 7), chunks=(10, 7), **GZIP)
    stacked(f, "given_own", [h5py.VirtualSource(".", "given_here", (20, 7)), h5py.VirtualSource(".", "given_rows", (80, 7))[20:60]], (60, 7))
    # Sources that grow, and numbered ones of which two are missing.
    layout = h5py.VirtualLayout((20, 7), "<i4", maxshape=(None, 7))
    layout[: h5py.h5s.UNLIMITED, :] = source(0, "rows", (20, 7), maxshape=(None, 7))[: h5py.h5s.UNLIMITED, :]
    f.create_virtual_dataset("given_growing", layout, fillvalue=0)
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_layout(h5py.h5d.VIRTUAL)
    dcpl.set_fill_value(np.array(0, "<i4"))
    blocks = h5py.h5s.create_simple((0, 7), (U, 7))
    blocks.select_hyperslab((0, 0), (U, 1), (10, 1), (10, 7))
    dcpl.set_virtual(blocks, b"part_%b.h5", b"block_%b", h5py.h5s.create_simple((10, 7)))
    h5py.h5d.create(f.id, b"given_numbered", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((0, 7), (U, 7)), dcpl)
    for k in range(40):
        rank = int(rng.integers(1, 4))
        unit = rng.integers(1, 4, rank)
        counts = rng.integers(1, 4, rank)
        shape = tuple(int(n) for n in unit * counts)
        layout = h5py.VirtualLayout(shape, "<i4")
        for _ in range(int(rng.integers(1, 5))):
            low = rng.integers(0, counts) * unit if k % 3 else rng.integers(0, shape)
            high = np.minimum(low + unit * rng.integers(1, 3, rank), shape) if k % 3 else rng.integers(low + 1, np.add(shape, 1))
            size = tuple(int(n) for n in high - low)
            name = f"random_{k}_{len(f)}_{rng.integers(1 << 30)}"
            with h5py.File(random, "a") as r:
                options = GZIP if k % 2 else {}
                chunks = dict(chunks=tuple(int(n) for n in unit), maxshape=(None,) * rank) if k % 4 else {}
                r.create_dataset(name, data=numbers(*size), **(options if chunks else {}), **chunks)
            layout[tuple(slice(int(a), int(b)) for a, b in zip(low, high))] = h5py.VirtualSource(random, name, size)
        f.create_virtual_dataset(f"any_{k}", layout, fillvalue=0)
    # Sources that libhdf5 cannot read, and one without the dataset, which it leaves out.
    for name in ("refused_text", "refused_truncated", "refused_small", "given_without_dataset"):
        layout = h5py.VirtualLayout((20, 7), "<i4")
        layout[...] = h5py.VirtualSource(name + ".h5", "rows", (20, 7))
        f.create_virtual_dataset(name, layout, fillvalue=0)


for name, libver in (("virtual_latest.h5", "latest"), ("virtual.h5", ("earliest", "v110"))):
    random = "random_of_" + name
    h5py.File(random, "w").close()
    with h5py.File(name, "w", libver=libver) as f:
        all_of(f, random)
