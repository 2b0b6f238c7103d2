# SPDX-License-Identifier: Apache-2.0
"""Writes one dataset as its recipe says (axes.py)."""

import itertools
import math
import os
import struct
import zlib

import h5py
import hdf5plugin
import imagecodecs
import numpy as np

from datatypes import T, commit
from hdf5c import call
from writing import add_filter, held, properties, put_raw, space_of

from . import mapped
from .axes import ENCODED
from .elements import Element

D = h5py.h5d
ALLOC = {"early": D.ALLOC_TIME_EARLY, "late": D.ALLOC_TIME_LATE, "incr": D.ALLOC_TIME_INCR}
FILL_TIMES = {"alloc": D.FILL_TIME_ALLOC, "never": D.FILL_TIME_NEVER, "ifset": D.FILL_TIME_IFSET}
LONGEST = {"1d": (70,), "2d": (14, 9), "3d": (6, 5, 4), "5d": (3, 3, 2, 3, 2)}


def shape_of(rng, recipe):
    kind, least = recipe["space_kind"], 2 if recipe["layout"] == "chunked" else 1
    if kind == "null":
        return None
    if kind == "scalar":
        return ()
    if kind == "empty":
        rank = 2 if recipe["index"] == "btree_v2" else rng.randrange(1, 4)
        shape = [rng.randrange(1, 5) for _ in range(rank)]
        shape[rng.randrange(rank)] = 0
        return tuple(shape)
    if recipe["filter"] == "fcidecomp":
        return rng.randrange(20, 40), rng.randrange(20, 40)
    if recipe["chunks"] == "many":
        few = recipe["index"] == "btree_v1"
        if kind == "1d":
            return (rng.randrange(150, 300) if few else rng.randrange(1030, 2300),)
        return (rng.randrange(12, 16), 14) if few else (rng.randrange(35, 45), 35)
    return tuple(rng.randrange(least, longest + 1) for longest in LONGEST[kind])


def room_of(rng, recipe, shape):
    """Chunk and greatest shape for the index that is wanted; neither where the data are not chunked."""
    if recipe["layout"] != "chunked":
        return None, None
    index, rank = recipe["index"], len(shape)
    full = tuple(max(1, s) for s in shape)
    if index == "single":
        return full, shape
    if recipe["filter"] in ENCODED + ("fcidecomp",):
        chunks = full if recipe["filter"] in ENCODED else (full[0] - 2, full[1] - 1)
    elif recipe["chunks"] == "many":
        chunks = (1,) * rank
    else:
        chunks = tuple(rng.randrange(max(1, -(-s // 5)), s + 1) for s in full)
        if chunks == full:
            chunks = (max(1, full[0] // 2),) + full[1:]
        if rng.random() < 0.1 and index in ("extensible_array", "btree_v2"):
            chunks = tuple(c + rng.randrange(4) for c in full)
    if index in ("implicit", "fixed_array"):
        grow = recipe["resized"] == "grown" or rng.random() < 0.3
        limits = tuple(s + (rng.randrange(1, 6) if grow else 0) for s in full)
        return chunks, limits
    unlimited = (
        1
        if index == "extensible_array"
        else rng.randrange(2, rank + 1) if index == "btree_v2" else rng.choice((0, rank))
    )
    if recipe["resized"] == "grown":
        unlimited = max(1, unlimited)
    free = set(rng.sample(range(rank), unlimited))
    limits = tuple(
        None if i in free else max(c, s + rng.choice((0, 0, 3))) for i, (s, c) in enumerate(zip(full, chunks))
    )
    return chunks, limits


def main_filter(rng, name, element, chunks):
    """The filter in the notation of writing.add_filter."""
    z = h5py.h5z
    plain = {"deflate": (1, (rng.choice((0, 1, 6, 9)),), True), "lzf": "lzf", "nbit": "nbit"}
    if name in plain:
        return plain[name]
    if name.startswith("szip"):
        # Pixels of a scanline are to be as many as those of a block at least.
        most = max(2, min(32, math.prod(chunks) // 2 * 2))
        blocks = [p for p in (2, 4, 8, 16, 32) if p <= most]
        return "szip", z.SZIP_NN_OPTION_MASK if name == "szip_nn" else z.SZIP_EC_OPTION_MASK, rng.choice(blocks)
    if name == "scaleoffset":
        if element.type.get_class() == h5py.h5t.FLOAT:
            return "scaleoffset", z.SO_FLOAT_DSCALE, rng.randrange(0, 5)
        return "scaleoffset", z.SO_INT, 0
    made = {
        "bzip2": lambda: hdf5plugin.BZip2(blocksize=rng.choice((1, 9))),
        "lz4": lambda: hdf5plugin.LZ4(nbytes=rng.choice((0, 64, 1024))),
        "zstd": lambda: hdf5plugin.Zstd(clevel=rng.choice((-3, 1, 3, 15))),
        "blosc": lambda: hdf5plugin.Blosc(
            cname=rng.choice(("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd")),
            clevel=rng.choice((0, 1, 5, 9)),
            shuffle=rng.randrange(3),
        ),
        "blosc2": lambda: hdf5plugin.Blosc2(
            cname=rng.choice(("blosclz", "lz4", "lz4hc", "zlib", "zstd")),
            clevel=rng.choice((0, 1, 5, 9)),
            filters=rng.randrange(3),
        ),
        "bitshuffle": lambda: hdf5plugin.Bitshuffle(
            nelems=rng.choice((0, 64)), cname=rng.choice(("none", "lz4", "zstd"))
        ),
        "zfp": lambda: hdf5plugin.Zfp(**rng.choice((dict(rate=16), dict(precision=20), dict(reversible=True)))),
        "fcidecomp": hdf5plugin.FciDecomp,
    }[name]()
    return made.filter_id, made.filter_options, True


def encoded(rng, name, element, raw, shape):
    """Filter, what it is to be told, and the chunk as the filter would have stored it."""
    if name == "snappy":
        return 32003, (), imagecodecs.snappy_encode(raw)
    if name == "lzo":
        return 305, (1, len(raw), 4), lzo_literals(raw)
    if name == "vbz":
        return 32020, (0, element.size, 1, 0), vbz(raw, element.size)
    if name == "jpeg":
        return (
            32019,
            (80, shape[1], shape[0], 0),
            imagecodecs.jpeg8_encode(np.frombuffer(raw, "u1").reshape(shape), level=80),
        )
    return {"bitgroom": 32022, "bitround": 32023}[name], (3, 4), raw


def lzo_literals(raw):
    """A stream of LZO1X that holds everything as it is."""
    if len(raw) <= 238:
        return bytes([17 + len(raw)]) + raw + b"\x11\0\0"
    zeros, rest = divmod(len(raw) - 18, 255)
    zeros, rest = (zeros - 1, 255) if rest == 0 else (zeros, rest)
    return b"\0" + bytes(zeros) + bytes([rest]) + raw + b"\x11\0\0"


def vbz(raw, size):
    """Differences of neighbours, folded to whole numbers, in as few bytes as each needs; no Zstandard around them."""
    values = np.frombuffer(raw, "<i%d" % size).astype("i8")
    steps = np.diff(values, prepend=0)
    folded = [int(s) << 1 if s >= 0 else (-int(s) << 1) - 1 for s in steps]
    widths = [max(1, (v.bit_length() + 7) // 8) for v in folded]
    keys = bytearray(-(-len(folded) // 4))
    for i, w in enumerate(widths):
        keys[i // 4] |= (w - 1) << 2 * (i % 4)
    return struct.pack("<I", len(raw)) + bytes(keys) + b"".join(v.to_bytes(w, "little") for v, w in zip(folded, widths))


class Writer:
    """Writes the datasets of one file. Decides nothing that the recipe decides."""

    def __init__(self, rng, elements, stem):
        self.rng, self.elements, self.stem = rng, elements, stem
        self.memory = {}  # what was written as a whole and has to come back, by path
        self.later = []  # chunks to put in when libhdf5 has said what is in the file
        self.refused = []

    def write(self, group, name, recipe):
        """Makes the dataset; recipes that libhdf5 refuses are made without their filters."""
        rng = self.rng
        element = self.elements.make(recipe["type"], recipe["filter"])
        if recipe["filter"] == "nbit" and recipe["type"] in ("compound", "array"):
            element = self.packed(recipe["type"])
        if recipe["committed"] == "yes":
            copy = T(call("H5Tcopy", element.type.id))
            commit(group, name + " type", copy)
            element = Element(copy, element.fill, element.pointed)
        shape = shape_of(rng, recipe)
        if recipe["layout"] == "virtual":
            return mapped.virtual_dataset(self, group, name, recipe, element, shape)
        chunks, limits = room_of(rng, recipe, shape)
        dcpl = self.creation(recipe, element, shape, chunks, limits)
        raw = element.memory(math.prod(shape)) if shape is not None and recipe["written"] != "never" else None
        after = None
        if recipe["filter"] in ENCODED:
            number, options, chunk = encoded(rng, recipe["filter"], element, raw, shape)
            dcpl.set_filter(number, h5py.h5z.FLAG_OPTIONAL, options)
            if recipe["filter"] == "jpeg":
                raw = imagecodecs.jpeg8_decode(chunk).tobytes()
            after = chunk
        try:
            put_raw(group, name, element.type, shape, None, maxshape=limits, dcpl=dcpl)
        except RuntimeError:
            self.refused.append((recipe["filter"], recipe["type"]))
            plain = {**recipe, "filter": "none", "shuffle": "no", "fletcher": "no", "mask": "none", "edges": "filtered"}
            recipe.update(plain)
            dcpl = self.creation(plain, element, shape, chunks, limits)
            put_raw(group, name, element.type, shape, None, maxshape=limits, dcpl=dcpl)
        dataset = h5py.Dataset(h5py.h5d.open(group.id, name.encode()))
        if after is not None:
            # Not of the later chunk's size, or that would keep this one's filter mask.
            longer = b"\0" if len(after) == len(raw) else b""
            dataset.id.write_direct_chunk((0,) * len(shape), raw + longer, 1)
            self.later.append((dataset.name, after))
        elif raw is not None and raw:
            self.put(dataset, recipe, element, shape, raw)
        if recipe["resized"] != "no":
            self.resize(dataset, recipe["resized"], shape, limits)
        lossy = recipe["filter"] in ("nbit", "zfp", "fcidecomp") or (
            recipe["filter"] == "scaleoffset" and element.type.get_class() == h5py.h5t.FLOAT
        )
        if raw and recipe["written"] == "whole" and recipe["resized"] == "no" and not element.pointed and not lossy:
            self.memory[dataset.name] = raw
        return dataset

    def packed(self, kind):
        """A record or array of numbers of few bits, for n-bit, which keeps nothing else."""
        parts = [self.elements.narrow(self.rng.random() < 0.5, True), self.elements.real("<", False, "nbit")]
        if kind == "array":
            return self.elements.arrays(parts[0])
        return self.elements.record(parts)

    def creation(self, recipe, element, shape, chunks, limits):
        rng = self.rng
        filters = []
        if chunks and recipe["filter"] not in ("none",) + ENCODED:
            filters.append(main_filter(rng, recipe["filter"], element, chunks))
        if recipe["fletcher"] == "yes":
            filters.insert(
                rng.choice((0, 1)) if recipe["filter"] in ("deflate", "lzf", "bzip2", "zstd") else 1, "fletcher32"
            )
        if recipe["shuffle"] == "yes":
            filters.insert(0, "shuffle")
        external = ()
        if recipe["layout"] == "external":
            external = mapped.segments(rng, self.stem, math.prod(shape) * element.size)
        dcpl = properties(
            chunks=chunks,
            alloc=ALLOC.get(recipe["alloc"]),
            fill_time=FILL_TIMES[recipe["fill_time"]],
            layout=D.COMPACT if recipe["layout"] == "compact" else None,
            edge_raw=recipe["edges"] == "raw",
            external=external,
            attr_phase=(0, 0) if recipe["attributes"] in ("dense", "huge") else None,
            attr_order=3 if recipe["attributes"] == "ordered" else None,
        )
        dcpl.set_obj_track_times(recipe["times"] == "yes")
        for f in filters:
            add_filter(dcpl, f)
        if recipe["fill"] == "set":
            call("H5Pset_fill_value", dcpl.id, element.type.id, element.memory(1))
        elif recipe["fill"] == "undefined":
            call("H5Pset_fill_value", dcpl.id, element.type.id, None)
        return dcpl

    def put(self, dataset, recipe, element, shape, raw):
        """Writes the elements: all, some of them, or single chunks past the filters."""
        if recipe["mask"] == "some":
            self.chunk_by_chunk(dataset, element, np.frombuffer(raw, "V%d" % element.size).reshape(shape), recipe)
        elif recipe["written"] == "part" and shape:
            start = [self.rng.randrange(s) for s in shape]
            count = [self.rng.randrange(1, s - a + 1) for s, a in zip(shape, start)]
            self.block(dataset, element, start, count, raw[: math.prod(count) * element.size])
        else:
            call("H5Dwrite", dataset.id.id, element.type.id, 0, 0, 0, held(raw))

    def block(self, dataset, element, start, count, raw):
        space, room = dataset.id.get_space(), space_of(count)
        space.select_hyperslab(tuple(start), tuple(count))
        call("H5Dwrite", dataset.id.id, element.type.id, room.id, space.id, 0, held(raw))

    def chunk_by_chunk(self, dataset, element, values, recipe):
        """Some chunks are stored without any filter, or without shuffle alone. Each chunk is written once: over one
        that is there, libhdf5 writes the bytes and keeps the old filter mask."""
        shape, chunks = values.shape, dataset.chunks
        number = dataset.id.get_create_plist().get_nfilters()
        grid = list(itertools.product(*[range(0, s, c) for s, c in zip(shape, chunks)]))
        masked = self.rng.sample(grid, min(len(grid), self.rng.randrange(1, 4)))
        for corner in grid:
            part = values[tuple(slice(a, a + c) for a, c in zip(corner, chunks))]
            if corner not in masked:
                self.block(dataset, element, corner, part.shape, part.tobytes())
                continue
            chunk = np.zeros(chunks, values.dtype)
            chunk[tuple(slice(0, n) for n in part.shape)] = part
            plain, mask = chunk.tobytes(), (1 << number) - 1
            if recipe["filter"] == "deflate" and recipe["shuffle"] == "yes" and recipe["fletcher"] == "no":
                plain, mask = self.rng.choice(((plain, 3), (zlib.compress(plain), 1)))
            dataset.id.write_direct_chunk(corner, plain, mask)

    def resize(self, dataset, how, shape, limits):
        if how == "shrunk":
            new = tuple(self.rng.randrange(0 if self.rng.random() < 0.05 else 1, s + 1) for s in shape)
        else:
            new = tuple(
                s + self.rng.randrange(5) if m is None else self.rng.randrange(s, m + 1) for s, m in zip(shape, limits)
            )
        dataset.id.set_extent(new)
        if how == "shrunk" and self.rng.random() < 0.3:
            dataset.id.set_extent(shape)

    def finish(self, path, access):
        """What libhdf5 could not write itself."""
        if not self.later:
            return
        with h5py.File(h5py.h5f.open(os.fsencode(path), h5py.h5f.ACC_RDWR, access)) as f:
            for name, chunk in self.later:
                dataset = f[name]
                dataset.id.write_direct_chunk((0,) * dataset.ndim, chunk, 0)
