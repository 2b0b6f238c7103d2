#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes refs.h5, refs.raw and refs.json into src/test/resources: datasets that references can give and such that they
cannot, and where libhdf5 says that their chunks are: address in the file (with its user block), bytes, filter mask.
And root_again.h5, with a link to the root and a name with a backslash.

    make_refs.py FOLDER

Needs h5py and hdf5plugin.
"""
import json, os, sys
import h5py, hdf5plugin, numpy as np
from h5py import h5d, h5p, h5s, h5t

folder = sys.argv[1]
os.chdir(folder)
n = np.arange
rng = np.random.default_rng(1)
with h5py.File("root_again.h5", "w") as f:
    f["values"] = n(3)
    f["again"] = f["/"]
    f["back\\slash"] = n(3)
with h5py.File("refs.h5", "w", userblock_size=512, libver=("earliest", "v110")) as f:
    f.attrs["title"] = "references"
    f.attrs["nan"] = np.nan
    f.attrs["many"] = np.array([1, 2, 3], "i2")
    f.attrs["reference"] = f.ref
    g = f.create_group("types")
    for code in ("i1", "u1", "<i2", ">i4", "<u8", ">f4", "<f8", "<f2"):
        g[code.strip("<>") + ("_be" if code[0] == ">" else "")] = n(6).reshape(2, 3).astype(code)
    g["truth"] = np.array([True, False, True])
    g["enum"] = np.array([2, 0, 1], h5py.enum_dtype({"a": 0, "b": 1, "c": 2}, basetype="i2"))
    g["text"] = np.array([b"ab", b"", b"abcd"], "S4")
    g["vlen"] = np.array(["a", "", "späß"], object)
    g["scalar"] = np.float64(1.5)
    g["empty"] = np.zeros((0, 3), "f4")
    g["compound"] = np.zeros(3, [("a", "i4"), ("b", "f8")])
    g["null"] = h5py.Empty("f4")
    t = h5t.C_S1.copy()
    t.set_size(3)
    t.set_strpad(h5t.STR_SPACEPAD)
    d = h5d.create(g.id, b"blanks", t, h5s.create_simple((2,)))
    d.write(h5s.ALL, h5s.ALL, np.array([b"a  ", b"bcd"], "S3"), mtype=t)
    compact = h5p.create(h5p.DATASET_CREATE)
    compact.set_layout(h5d.COMPACT)
    h5d.create(g.id, b"compact", h5t.STD_I16BE, h5s.create_simple((4,)), compact).write(h5s.ALL, h5s.ALL, n(4).astype("i2"))

    g = f.create_group("filters")
    data = n(70).reshape(10, 7).astype("<i4")
    for name, options in {
        "plain": {},
        "deflate": dict(compression="gzip", compression_opts=5),
        "shuffled": dict(compression="gzip", shuffle=True),
        "summed": dict(compression="gzip", shuffle=True, fletcher32=True),
        "bzip2": hdf5plugin.BZip2(),
        "blosc": hdf5plugin.Blosc(cname="zstd"),
        "zstd": hdf5plugin.Zstd(),
        "lz4": hdf5plugin.LZ4(),
    }.items():
        g.create_dataset(name, data=data, chunks=(4, 3), **options)
    # Blosc skips chunks that do not get smaller.
    g.create_dataset("blosc_large", data=n(200, dtype="<i4") // 20, chunks=(100,), **hdf5plugin.Blosc(cname="zstd"))
    big = rng.integers(0, 3, 200, "u4")
    g.create_dataset("lzf_large", data=big, chunks=(50,), compression="lzf")
    g.create_dataset("lzf_small", data=data, chunks=(4, 3), compression="lzf")
    for name, size in (("masked_small", 20), ("masked_large", 200)):
        d = g.create_dataset(name, (size,), "<u4", chunks=(size // 2,), compression="gzip")
        d[...] = n(size)
        d.id.write_direct_chunk((0,), n(size // 2).astype("<u4").tobytes(), 1)
    edge = h5p.create(h5p.DATASET_CREATE)
    edge.set_chunk((120,))
    edge.set_deflate(4)
    # H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS, which h5py does not have.
    import ctypes
    lib = ctypes.CDLL(next(l.split()[-1] for l in open("/proc/self/maps") if "libhdf5-" in l))
    lib.H5Pset_chunk_opts.argtypes = (ctypes.c_int64, ctypes.c_uint)
    assert lib.H5Pset_chunk_opts(edge.id, 2) >= 0
    h5d.create(g.id, b"edge_unfiltered", h5t.STD_U32LE, h5s.create_simple((200,)), edge).write(h5s.ALL, h5s.ALL, n(200).astype("u4"))

    g = f.create_group("fill")
    for name, size, fill, attribute in (
        ("zero", 200, None, None),
        ("attribute", 200, -7, -7),
        ("other_attribute", 200, None, -7),
        ("stored_large", 200, 5, None),
        ("stored_small", 20, 5, None),
        ("never", 20, None, None),
    ):
        d = g.create_dataset(name, (size,), "<i4", chunks=(size // 4,), fillvalue=fill)
        if name != "never":
            d[size // 4 : size // 2] = 1
        if attribute is not None:
            d.attrs["_FillValue"] = np.int32(attribute)
    d = g.create_dataset("nan", data=np.array([1, np.nan]))
    d.attrs["_FillValue"] = np.nan

    g = f.create_group("elsewhere")
    np.concatenate([np.zeros(2, "<i4"), n(12, dtype="<i4")]).tofile("refs.raw")
    g.create_dataset("raw", (4, 3), "<i4", external=[("refs.raw", 8, 24), ("refs.raw", 32, 24)])
    layout = h5py.VirtualLayout((10, 7), "<i4")
    layout[...] = h5py.VirtualSource(f["filters/plain"])
    g.create_virtual_dataset("virtual", layout)

chunks = {}
with h5py.File("refs.h5") as f:

    def visit(name, d):
        if not isinstance(d, h5py.Dataset):
            return
        if d.chunks:
            found = []
            # Addresses of chunks are relative to the user block, whose bytes h5py does not add.
            d.id.chunk_iter(lambda c: found.append([list(c.chunk_offset), c.byte_offset, c.size, c.filter_mask]))
            chunks[name] = sorted(found)
        elif d.id.get_offset() is not None:
            chunks[name] = [[[0] * d.ndim, d.id.get_offset(), d.id.get_storage_size(), 0]]

    f.visititems(visit)
    raw = open("refs.h5", "rb").read()
    # libhdf5 gives absolute addresses of runs; of chunks it depends on the version, so look.
    first = chunks["filters/plain"][0]
    want = f["filters/plain"][0:4, 0:3].tobytes()
    base = 0 if raw[first[1] : first[1] + 48] == want else f.userblock_size
    assert raw[first[1] + base : first[1] + base + 48] == want
    for name, rows in chunks.items():
        if f[name].chunks:
            for row in rows:
                row[1] += base
with open("refs.json", "w") as out:
    json.dump(chunks, out, indent=0, sort_keys=True)
print("base", base, len(chunks))
