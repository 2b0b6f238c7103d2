# SPDX-License-Identifier: Apache-2.0
"""Layouts, chunk indexes, filters of libhdf5 itself and fill values."""

import zlib

import h5py
import numpy as np

from hdf5c import call, create, group
from writing import make, pattern, properties, put, put_raw, small

D = h5py.h5d
EARLY, LATE, INCR = D.ALLOC_TIME_EARLY, D.ALLOC_TIME_LATE, D.ALLOC_TIME_INCR
PIPES = {"plain": [], "deflate": ["deflate"], "checked": ["shuffle", "deflate", "fletcher32"]}


def small_nodes(bound, k=4):
    """Small nodes for the old chunk B-tree: little space, several levels. Makes the superblock version 1."""
    return (lambda p: call("H5Pset_istore_k", p.id, k)) if bound in ("earliest", "v18") else None


def some_chunks(dset, every=3, phase=1):
    """Writes every third chunk only."""
    chunks = dset.chunks
    grid = [range(0, s, c) for s, c in zip(dset.shape, chunks)]
    data = small(dset.dtype, dset.shape, 100)
    for n, corner in enumerate(np.array(np.meshgrid(*grid, indexing="ij")).reshape(len(chunks), -1).T):
        if n % every == phase:
            where = tuple(slice(int(a), min(int(a) + c, s)) for a, c, s in zip(corner, chunks, dset.shape))
            dset[where] = data[where]
    return dset


def shapes(bound="v110"):
    """Name, shape, chunks: with edge chunks; ranks 1 to 4 in one bound, 2 in the others."""
    return (
        [("1d", (23,), (4,)), ("2d", (9, 11), (2, 3)), ("3d", (5, 4, 7), (2, 2, 3)), ("4d", (3, 4, 3, 5), (2, 3, 1, 2))]
    )[slice(0, 4) if bound == "v110" else slice(1, 2)]


def fixed_dims(f, bound):
    for word, shape, chunks in shapes(bound):
        for pipe, filters in PIPES.items():
            put(f, "fixed/%s_%s" % (word, pipe), small("<i4", shape), chunks=chunks, filters=filters)
            wider = tuple(s + 5 - i for i, s in enumerate(shape))
            put(f, "wider/%s_%s" % (word, pipe), small(">i4", shape), wider, chunks=chunks, filters=filters)
        some_chunks(make(f, "sparse/%s" % word, "<i2", shape, chunks=chunks, fill=np.int16(-9)))
        some_chunks(
            make(
                f,
                "sparse_wider/%s" % word,
                "<i2",
                shape,
                tuple(s * 2 for s in shape),
                chunks=chunks,
                filters=["deflate"],
                fill=np.int16(-9),
            )
        )
        put(f, "early/%s" % word, small("<i4", shape), chunks=chunks, alloc=EARLY)
        put(f, "early_wider/%s" % word, small("<u2", shape), tuple(s + 4 for s in shape), chunks=chunks, alloc=EARLY)
        make(f, "early_unwritten/%s" % word, "<i4", shape, chunks=chunks, alloc=EARLY, fill=np.int32(77))
        put(f, "single/%s_plain" % word, small("<i4", shape), chunks=shape)
        put(f, "single/%s_checked" % word, small("<i4", shape), chunks=shape, filters=PIPES["checked"])
        make(f, "single/%s_unwritten" % word, "<i4", shape, chunks=shape, fill=np.int32(5))
        make(f, "unwritten/%s" % word, "<i4", shape, chunks=chunks, fill=np.int32(6), filters=["deflate"])


def unlimited_dims(f, bound):
    for word, shape, chunks in shapes(bound)[:3]:
        for axis in range(len(shape)):
            for pipe, filters in PIPES.items():
                limits = tuple(None if i == axis else s for i, s in enumerate(shape))
                put(
                    f,
                    "one/%s_axis%d_%s" % (word, axis, pipe),
                    small("<i4", shape),
                    limits,
                    chunks=chunks,
                    filters=filters,
                )
            limits = tuple(None if i == axis else s * 2 + 1 for i, s in enumerate(shape))
            put(f, "one_wider/%s_axis%d" % (word, axis), small("<i4", shape), limits, chunks=chunks)
            some_chunks(
                make(f, "one_sparse/%s_axis%d" % (word, axis), "<i2", shape, limits, chunks=chunks, fill=np.int16(3)),
                4,
                2,
            )
        limits = (None,) * len(shape)
        for pipe, filters in PIPES.items():
            put(f, "all/%s_%s" % (word, pipe), small("<i4", shape), limits, chunks=chunks, filters=filters)
        some_chunks(make(f, "all_sparse/%s" % word, "<i2", shape, limits, chunks=chunks, fill=np.int16(3)))
        make(f, "unwritten_unlimited/%s" % word, "<i4", shape, limits, chunks=chunks)
    put(f, "two/3d_axes02", small("<i4", (5, 4, 7)), (None, 4, None), chunks=(2, 2, 3), filters=["deflate"])
    put(f, "two/3d_axes12", small("<i4", (5, 4, 7)), (9, None, None), chunks=(2, 2, 3))
    resized(f)


def resized(f):
    grown = put(f, "resized/grown", small("<i4", (5, 4)), (None, 4), chunks=(2, 3), filters=["deflate"])
    grown.resize((9, 4))
    grown[7:9] = 1000
    shrunk = put(f, "resized/shrunk", small("<i4", (9, 8)), (None, None), chunks=(2, 3), fill=np.int32(-1))
    shrunk.resize((4, 5))
    again = put(
        f,
        "resized/shrunk_and_grown",
        small("<i4", (9, 8)),
        (None, None),
        chunks=(2, 3),
        fill=np.int32(-1),
        filters=["deflate"],
    )
    again.resize((4, 5))
    again.resize((10, 10))
    empty = put(f, "resized/to_zero", small("<i4", (9, 8)), (None, None), chunks=(2, 3))
    empty.resize((0, 8))
    inside = put(
        f,
        "resized/within_maximum",
        small("<i4", (6, 6)),
        (12, 12),
        chunks=(4, 4),
        filters=["deflate"],
        fill=np.int32(8),
    )
    inside.resize((11, 7))
    inside[8, 6] = 123


def chunk_indexes(path, bound):
    with create(path, bound, fcpl=small_nodes(bound)) as f:
        fixed_dims(f, bound)
        unlimited_dims(f, bound)


def many_chunks(path, bound):
    """Indexes with more than one node, page or level."""
    with create(path, bound, fcpl=small_nodes(bound, 2)) as f:
        n = 2100 if bound != "earliest" else 300
        put(f, "fixed_paged", small("<i2", (n,)), chunks=(1,))
        put(
            f,
            "fixed_paged_deflate",
            (np.arange(n // 2 * 4).reshape(n // 2, 4) // 3).astype("u1"),
            chunks=(1, 3),
            filters=["deflate"],
        )
        d = make(f, "fixed_paged_some_pages", "<i2", (3300,), chunks=(1,), fill=np.int16(-1))
        for at in (0, 1023, 2500, 3299):
            d[at] = at
        put(f, "fixed_paged_wider", small("<i2", (12, n // 70)), (60, 50), chunks=(1, 1))
        put(f, "unlimited_long", small("<i2", (n // 3,)), (None,), chunks=(1,))
        put(f, "unlimited_second", small("<i2", (3, n // 11)), (3, None), chunks=(2, 1))
        put(f, "unlimited_deflate", (np.arange(n // 4) // 3).astype("<i4"), (None,), chunks=(2,), filters=["deflate"])
        sparse = make(f, "unlimited_sparse", "<u1", (133400,), (None,), chunks=(1,), fill=np.uint8(250))
        for at in (0, 3, 4, 19, 300, 5000, 40000, 131065, 131076, 133399):
            sparse[at] = at % 200 + 1
        put(f, "two_unlimited", small("u1", (50, 8 if bound != "earliest" else 6)), (None, None), chunks=(1, 1))
        put(f, "two_unlimited_deflate", small("u1", (60, n // 105)), (None, None), chunks=(2, 1), filters=["deflate"])
        put(
            f,
            "two_unlimited_rank8",
            small("<i2", (3, 3, 3) + (2,) * 5 if n > 2000 else (2,) * 6),
            (None,) * (8 if n > 2000 else 6),
            chunks=(1,) * (8 if n > 2000 else 6),
        )
        huge(f)


def huge(f):
    """Extents beyond what anyone reads whole: only slices have expected values."""
    for name, shape, limits in (
        ("two_unlimited", (10**8, 10**9), (None, None)),
        ("one_unlimited", (10**10,), (None,)),
        ("one_unlimited_second", (70, 10**9), (70, None)),
    ):
        chunks = (16, 10**5)[-len(shape) :]
        d = make(f, "huge/" + name, "u1", shape, limits, chunks=chunks, filters=["deflate"], fill=np.uint8(7))
        for corner in ([0] * len(shape), [s * 2 // 3 for s in shape]):
            d[tuple(corner)] = 1


def filters(path, bound):
    with create(path, bound, fcpl=small_nodes(bound)) as f:
        pipes = {
            "deflate": ["deflate"],
            "shuffle": ["shuffle"],
            "shuffle_deflate": ["shuffle", "deflate"],
            "fletcher32": ["fletcher32"],
            "fletcher32_deflate": ["fletcher32", "deflate"],
            "deflate_fletcher32": ["deflate", "fletcher32"],
            "shuffle_fletcher32": ["shuffle", "fletcher32"],
            "all": ["shuffle", "deflate", "fletcher32"],
            "fletcher32_shuffle": ["fletcher32", "shuffle"],
            "deflate_twice": ["deflate", "deflate"],
            "deflate_0": [(1, (0,))],
            "deflate_9": [(1, (9,))],
        }
        if bound != "earliest":
            pipes = {n: pipes[n] for n in ("deflate", "shuffle", "fletcher32", "all")}
        for name, pipe in pipes.items():
            for t in ("<i2", ">i4", "<f8"):
                put(f, "%s/%s" % (name, np.dtype(t).str.strip("<>|")), pattern(t, (7, 11)), chunks=(3, 5), filters=pipe)
            put(f, "%s/odd" % name, pattern("<u1", (13,)), chunks=(5,), filters=pipe)
        put_raw(f, "shuffle/compound_odd_size", compound7(), (9,), bytes(range(63)), chunks=(4,), filters=["shuffle"])
        put_raw(
            f, "fletcher32/compound_odd_size", compound7(), (9,), bytes(range(63)), chunks=(3,), filters=["fletcher32"]
        )
        noise = np.random.default_rng(3).integers(0, 256, (40,), "u1")
        put(f, "incompressible", noise, chunks=(10,), filters=["deflate"])
        masks(f)
        edges(f)


def compound7():
    t = h5py.h5t.create(h5py.h5t.COMPOUND, 7)
    t.insert(b"a", 0, h5py.h5t.STD_I32BE)
    t.insert(b"b", 4, h5py.h5t.STD_U16LE)
    t.insert(b"c", 6, h5py.h5t.STD_I8LE)
    return t


def shuffled(raw, size):
    return np.frombuffer(raw, "u1").reshape(-1, size).T.tobytes()


def masks(f):
    """Chunks for which single filters were skipped."""
    data = small("<i4", (8, 6))
    for name, limits in (("mask/fixed", None), ("mask/one_unlimited", (None, 6)), ("mask/two_unlimited", (None, None))):
        d = make(f, name, "<i4", data.shape, limits, chunks=(4, 3), filters=["shuffle", "deflate"])
        for corner, mask in (((0, 0), 0), ((0, 3), 1), ((4, 0), 2), ((4, 3), 3)):
            raw = np.ascontiguousarray(data[corner[0] : corner[0] + 4, corner[1] : corner[1] + 3]).tobytes()
            raw = raw if mask & 1 else shuffled(raw, 4)
            d.id.write_direct_chunk(corner, raw if mask & 2 else zlib.compress(raw), mask)
    d = make(f, "mask/single_chunk", "<i4", (4, 3), chunks=(4, 3), filters=["deflate"])
    d.id.write_direct_chunk((0, 0), np.ascontiguousarray(data[:4, :3]).tobytes(), 1)
    d = make(f, "mask/checksum_skipped", "<i4", (6,), chunks=(3,), filters=["deflate", "fletcher32"])
    d.id.write_direct_chunk((0,), zlib.compress(small("<i4", (3,)).tobytes()), 2)
    d[3:] = [4, 5, 6]


def edges(f):
    """Partial edge chunks that are stored without the filters."""
    for word, shape, chunks in shapes()[:3]:
        for kind, limits in (
            ("fixed", None),
            ("wider", tuple(s + 7 for s in shape)),
            ("one_unlimited", (None,) + shape[1:]),
            ("all_unlimited", (None,) * len(shape)),
        ):
            put(
                f,
                "raw_edges/%s_%s" % (word, kind),
                small("<i4", shape),
                limits,
                chunks=chunks,
                filters=["shuffle", "deflate"],
                edge_raw=True,
            )
    d = put(f, "raw_edges/grown", small("<i4", (5, 5)), (None, None), chunks=(4, 4), filters=["deflate"], edge_raw=True)
    d.resize((8, 8))
    d[6, 6] = 99
    d = put(f, "raw_edges/shrunk", small("<i4", (8, 8)), (None, 8), chunks=(4, 4), filters=["deflate"], edge_raw=True)
    d.resize((6, 8))
    put(
        f,
        "raw_edges/larger_chunk",
        small("<i4", (3, 3)),
        (None, 3),
        chunks=(8, 8)[:1] + (3,),
        filters=["deflate"],
        edge_raw=True,
    )
    put(f, "raw_edges/no_filters", small("<i4", (5, 5)), chunks=(4, 4), edge_raw=True)
    put(f, "raw_edges/checksum", small("<i4", (5, 5)), chunks=(4, 4), filters=["fletcher32"], edge_raw=True)


def fill_values(path, bound):
    times = {"alloc": D.FILL_TIME_ALLOC, "never": D.FILL_TIME_NEVER, "ifset": D.FILL_TIME_IFSET}
    with create(path, bound) as f:
        for layout in ("contiguous", "chunked", "compact"):
            props = {"contiguous": {}, "chunked": {"chunks": (2, 3)}, "compact": {"layout": D.COMPACT}}[layout]
            make(f, layout + "/default", "<i4", (5, 4), **props)
            for t in ("i1", "<i2", ">i4", "<u8", "<f4", ">f8", "<f2"):
                make(
                    f,
                    "%s/set_%s" % (layout, np.dtype(t).str.strip("<>|")),
                    t,
                    (5, 4),
                    fill=np.array(-3 if "u" not in t else 3, t),
                    **props
                )
            for word, when in times.items():
                if word != "never":
                    make(f, "%s/time_%s" % (layout, word), "<i4", (5, 4), fill=np.int32(11), fill_time=when, **props)
        for alloc, word in ((EARLY, "early"), (LATE, "late"), (INCR, "incr")):
            make(f, "alloc/chunked_" + word, "<i4", (5, 4), (None, 4), chunks=(2, 3), alloc=alloc, fill=np.int32(21))
            if alloc != INCR:
                make(f, "alloc/contiguous_" + word, "<i4", (5, 4), alloc=alloc, fill=np.int32(22))
        undefined = properties()
        call("H5Pset_fill_value", undefined.id, h5py.h5t.STD_I32LE.id, None)
        put(f, "undefined_fill/contiguous", small("<i4", (5,)), dcpl=undefined)
        undefined = properties(chunks=(2,))
        call("H5Pset_fill_value", undefined.id, h5py.h5t.STD_I32LE.id, None)
        put(f, "undefined_fill/chunked", small("<i4", (5,)), dcpl=undefined)
        undefined = properties()
        call("H5Pset_fill_value", undefined.id, h5py.h5t.STD_I32LE.id, None)
        make(f, "undefined_fill/unwritten", "<i4", (5,), dcpl=undefined)
        put(f, "never/written", small("<i4", (5,)), chunks=(2,), fill=np.int32(4), fill_time=D.FILL_TIME_NEVER)
        make(f, "never/unwritten", "<i4", (5,), chunks=(2,), fill=np.int32(4), fill_time=D.FILL_TIME_NEVER)
        d = make(f, "partly/chunked", "<i4", (7, 7), chunks=(3, 3), fill=np.int32(-8))
        d[1, 1], d[6, 2:5] = 1, 2
        d = make(
            f, "partly/deflate", ">f4", (7, 7), (None, 7), chunks=(3, 3), fill=np.float32(1.5), filters=["deflate"]
        )
        d[6, 6] = 3
        d = make(f, "partly/contiguous", "<i4", (7, 7), fill=np.int32(-8))
        d[2, 2] = 5
        strings = properties(chunks=(2,))
        t = h5py.h5t.C_S1.copy()
        t.set_size(6)
        call("H5Pset_fill_value", strings.id, t.id, b"filler")
        make(f, "string/fixed", t, (3,), dcpl=strings)
        d = f.create_dataset(
            "string/variable", (3,), h5py.string_dtype(), chunks=(2,), fillvalue="füll", track_times=False
        )
        d = f.create_dataset(
            "string/variable_partly", (5,), h5py.string_dtype(), chunks=(2,), fillvalue="füll", track_times=False
        )
        d[1] = "written"
        enum = h5py.h5t.enum_create(h5py.h5t.STD_I16BE)
        enum.enum_insert(b"A", 0)
        enum.enum_insert(b"B", 2)
        filled = properties()
        call("H5Pset_fill_value", filled.id, enum.id, b"\0\2")
        make(f, "enum", enum, (3,), dcpl=filled)


def scattered(dtype, count, seed):
    """Values without a pattern that a filter could use, the same each time."""
    return (np.arange(seed, seed + count, dtype=np.uint64) * 0x9E3779B97F4A7C15 >> np.uint64(33)).astype(dtype)


def bulk(path, bound):
    """Stored pieces of 16 KiB and more, many of them of about one length: a reader may use its buffers again."""
    with create(path, bound) as f:
        for n, name in enumerate("abc"):
            put(f, "lines/" + name, scattered("<i4", 9000 + 90 * n, 100_000 * n + 1))
        put(f, "tiles/plain", scattered("<i2", 30_000, 7), chunks=(10_000,))
        put(f, "tiles/checked", scattered("<i4", 12_000, 11), chunks=(6_000,), filters=PIPES["checked"])
        put(f, "few", small("<i4", (6,)))


def fixtures():
    out = {}
    for name, writer, bounds in (
        ("chunk_indexes", chunk_indexes, ("earliest", "v110", "v200")),
        ("many_chunks", many_chunks, ("earliest", "v110")),
        ("filters", filters, ("earliest", "v200")),
        ("fill_values", fill_values, ("earliest", "v200")),
        ("bulk", bulk, ("v110",)),
    ):
        for bound in bounds:
            out["%s_%s" % (name, bound)] = lambda path, w=writer, b=bound: w(path, b)
    return out
