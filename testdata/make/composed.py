# SPDX-License-Identifier: Apache-2.0
"""Small files composed at random (seeded) of everything that the other modules show one by one."""

import struct

import h5py
import hdf5plugin
import numpy as np

from basics import compound, fixed, padded, pointers, variable
from datatypes import array, integer, sequences, vlen
from hdf5c import call, create, group
from writing import attribute_raw, make, pattern, properties, put_raw

COUNT = 60
WORDS = [
    "temperature",
    "lat",
    "lon",
    "Größe",
    "flag values",
    "x",
    "quality",
    "time",
    "delta_time",
    "channel",
    "日付",
    "long_" * 6,
    "a.b",
    "z",
]
BOUNDS = ["earliest", "earliest", "v18", "v110", "v112", "v200"]
PLAIN = ["i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", "<i8", ">u8", "<f2", "<f4", ">f4", "<f8", ">f8"]


class Composer:
    def __init__(self, seed):
        self.rng = np.random.default_rng(90_000 + seed)
        self.kept = []  # memory that variable-length data points into

    def pick(self, options):
        return options[int(self.rng.integers(len(options)))]

    def chance(self, p):
        return self.rng.random() < p

    def name(self, taken):
        word = self.pick(WORDS)
        while word in taken:
            word += str(int(self.rng.integers(10)))
        return word

    def number_type(self):
        return h5py.h5t.py_create(np.dtype(self.pick(PLAIN)))

    def element(self, depth=0):
        """A datatype, and a function that makes the memory of n elements."""
        kind = self.pick(
            ["number"] * 6
            + ["string", "vstring", "enum", "bool", "compound", "array", "vlen", "opaque", "bitfield", "narrow"]
        )
        if kind == "vstring":
            return variable(self.pick([0, 1])), self.texts
        if kind == "vlen" and depth == 0:
            base = self.number_type()
            return vlen(base), lambda n: self.lists(n, base.get_size())
        if kind == "compound" and depth < 2:
            return self.record(depth)
        if kind == "array" and depth < 2:
            t, fill = self.element(depth + 1)
            dims = tuple(int(d) for d in self.rng.integers(1, 4, self.pick([1, 1, 2])))
            return array(t, dims), lambda n: fill(n * int(np.prod(dims)))
        t = self.atom(kind)
        if kind in ("number", "compound", "array", "vlen"):
            return t, lambda n: pattern(t.dtype, (n,), int(self.rng.integers(1000))).tobytes()
        if kind == "string":
            return t, lambda n: padded(
                [self.pick(["", "ab", "word", "exactly", "ü"]) for _ in range(n)], t.get_size(), t.get_strpad()
            )
        if kind == "enum":
            return t, lambda n: self.rng.integers(0, 3, n).astype(">i2").tobytes()
        if kind == "bool":
            return t, lambda n: self.rng.integers(0, 2, n).astype("u1").tobytes()
        return t, lambda n: self.rng.integers(0, 256, n * t.get_size()).astype("u1").tobytes()

    def atom(self, kind):
        if kind == "string":
            return fixed(self.pick([0, 1, 2]), self.pick([0, 1]), int(self.rng.integers(1, 12)))
        if kind == "enum":
            t = h5py.h5t.enum_create(h5py.h5t.STD_I16BE)
            for i, word in enumerate((b"low", b"middle", b"high")):
                t.enum_insert(word, i)
            return t
        if kind == "bool":
            return h5py.h5t.py_create(np.dtype(bool))
        if kind == "opaque":
            return h5py.h5t.py_create(np.dtype("V%d" % self.rng.integers(1, 9)))
        if kind == "bitfield":
            return self.pick([h5py.h5t.STD_B8LE, h5py.h5t.STD_B16BE, h5py.h5t.STD_B32LE])
        if kind == "narrow":
            return self.pick([integer(2, 12, 2), integer(4, 17, 3, False, True), integer(3, 24), integer(8, 40)])
        return self.number_type()

    def record(self, depth):
        parts = [self.element(depth + 1) for _ in range(self.rng.integers(1, 5))]
        members, at = [], 0
        for i, (t, _) in enumerate(parts):
            at += int(self.rng.integers(0, 4)) if self.chance(0.4) else 0
            members.append(("m%d" % i if self.chance(0.7) else "a longer member %d" % i, at, t))
            at += t.get_size()
        size = at + int(self.rng.integers(0, 3))

        def fill(n):
            columns = [f(n) for _, f in parts]
            out = np.zeros((n, size), "u1")
            for (_, offset, t), column in zip(members, columns):
                width = t.get_size()
                out[:, offset : offset + width] = np.frombuffer(column, "u1").reshape(n, width)
            return out.tobytes()

        return compound(size, *members), fill

    def texts(self, n):
        raw, kept = pointers([self.pick([None, "", "a", "two words", "Straße", "long " * 20]) for _ in range(n)])
        self.kept.append(kept)
        return raw

    def lists(self, n, size):
        raw, kept = sequences(
            [
                self.rng.integers(1, 100, size * int(self.rng.integers(0, 5))).astype("u1").tobytes() or None
                for _ in range(n)
            ],
            size,
        )
        self.kept.append(kept)
        return raw

    def filters(self, t, pointed):
        pipe = []
        if self.chance(0.4):
            pipe.append("shuffle")
        numeric = t.get_class() in (h5py.h5t.INTEGER, h5py.h5t.FLOAT)
        whole = (
            t.get_class() == h5py.h5t.INTEGER
            and call("H5Tget_precision", t.id) == 8 * t.get_size()
            and t.get_size() in (1, 2, 4, 8)
        )
        choices = ["deflate"] * 4 + [None, "lzf"]
        if not pointed:
            choices += [
                plugin(hdf5plugin.Zstd()),
                plugin(hdf5plugin.LZ4()),
                plugin(hdf5plugin.Bitshuffle()),
                plugin(hdf5plugin.Blosc(cname="lz4")),
                plugin(hdf5plugin.Blosc2(cname="zstd")),
                plugin(hdf5plugin.BZip2()),
            ]
        if numeric and t.get_class() == h5py.h5t.INTEGER:
            choices += ["nbit"] * 2
        if whole:
            choices += [("scaleoffset", h5py.h5z.SO_INT, 0), ("szip", h5py.h5z.SZIP_NN_OPTION_MASK, 8)]
        choice = self.pick(choices)
        if choice in ("nbit",) or choice and choice[0] == "scaleoffset":
            pipe = []
        if choice:
            pipe.append(choice)
        if self.chance(0.25):
            pipe.insert(
                (
                    self.pick([0, len(pipe)])
                    if choice != "nbit" and not (choice and choice[0] in ("scaleoffset", "szip", 32026, 32008))
                    else len(pipe)
                ),
                "fletcher32",
            )
        return pipe

    def layout(self, t, shape, pointed):
        """Creation properties and maximum shape."""
        kind = self.pick(["contiguous", "compact", "chunked", "chunked", "chunked", "chunked"])
        if not shape or 0 in shape and kind != "chunked":
            kind = self.pick(["contiguous", "compact"])
        if kind == "compact" and np.prod(shape) * t.get_size() > 4000:
            kind = "contiguous"
        if kind != "chunked":
            return properties(layout=h5py.h5d.COMPACT if kind == "compact" else None), None
        chunks = tuple(int(self.rng.integers(1, max(s, 1) + 1)) for s in shape)
        chunks = tuple(max(c, -(-s // 4)) for c, s in zip(chunks, shape))
        maxshape = tuple(
            None if self.chance(0.35) else s + int(self.rng.integers(0, 6)) if self.chance(0.5) else max(s, c)
            for s, c in zip(shape, chunks)
        )
        chunks = tuple(min(c, m) if m is not None else c for c, m in zip(chunks, maxshape))
        pipe = self.filters(t, pointed) if self.chance(0.7) else []
        early = h5py.h5d.ALLOC_TIME_EARLY if self.chance(0.15) else None
        return properties(chunks=chunks, filters=pipe, alloc=early, edge_raw=bool(pipe) and self.chance(0.15)), maxshape

    def dataset(self, parent, name):
        t, fill = self.element()
        rank = self.pick([0, 1, 1, 1, 2, 2, 2, 3, 4])
        shape = tuple(int(s) for s in self.rng.integers(1, (1, 40, 10, 6, 4)[rank] + 1, rank))
        if self.chance(0.03) and rank:
            shape = (0,) + shape[1:]
        pointed = t.detect_class(h5py.h5t.VLEN) or t.detect_class(h5py.h5t.STRING)
        dcpl, maxshape = self.layout(t, shape, pointed)
        if self.chance(0.3) and t.get_class() in (h5py.h5t.INTEGER, h5py.h5t.FLOAT):
            call("H5Pset_fill_value", dcpl.id, t.id, self.rng.integers(1, 90, t.get_size()).astype("u1").tobytes())
        written = self.chance(0.9)
        n = int(np.prod(shape))
        raw = fill(n) if written and n else None
        try:
            put_raw(parent, name, t, shape, raw, maxshape=maxshape, dcpl=dcpl)
        except RuntimeError:  # a filter that does not take this type or so small a chunk
            put_raw(parent, name, t, shape, raw, maxshape=maxshape, chunks=dcpl.get_chunk())
        dataset = h5py.Dataset(h5py.h5d.open(parent.id, name.encode()))
        if maxshape and self.chance(0.25):
            grown = tuple(
                s + int(self.rng.integers(0, 5)) if m is None else int(self.rng.integers(min(s, 1), m + 1))
                for s, m in zip(shape, maxshape)
            )
            dataset.id.set_extent(grown)
        return dataset

    def attributes(self, owner):
        taken = set()
        for _ in range(self.pick([0, 0, 0, 1, 2]) if self.chance(0.97) else 12):
            name = self.name(taken)
            taken.add(name)
            t, fill = self.element()
            shape = self.pick([(), (), (1,), (3,), (2, 2), None])
            attribute_raw(owner, name, t, shape, None if shape is None else fill(int(np.prod(shape))))

    def fill_group(self, g, depth):
        taken = set()
        for _ in range(self.rng.integers(1 if depth else 3, 4 if depth else 7)):
            name = self.name(taken)
            taken.add(name)
            what = self.rng.random()
            if what < 0.68 or depth > 2:
                self.attributes(self.dataset(g, name))
            elif what < 0.82:
                below = group(g, name, self.group_style())
                self.attributes(below)
                self.fill_group(below, depth + 1)
            elif what < 0.94:
                g[name] = h5py.SoftLink(self.pick(["/", ".", "nowhere", "/a/b", sorted(taken)[0]]))
            else:
                g[name] = g.file["/"] if self.chance(0.3) else g

    def group_style(self):
        order, phase = self.pick([0, 0, 1, 3]), self.chance(0.25)

        def setup(p):
            if order:
                p.set_link_creation_order(order)
                p.set_attr_creation_order(order)
            if phase:
                call("H5Pset_link_phase_change", p.id, 0, 0)
                p.set_attr_phase_change(0, 0)

        return setup


def plugin(options):
    return (options.filter_id, options.filter_options, True)


def compose(path, seed):
    c = Composer(seed)
    bound = c.pick(BOUNDS)

    def fcpl(p):
        if bound in ("earliest", "v18"):
            call("H5Pset_istore_k", p.id, int(c.rng.integers(2, 9)))
            call("H5Pset_sym_k", p.id, int(c.rng.integers(2, 8)), int(c.rng.integers(1, 4)))
        if c.chance(0.15):
            p.set_userblock(512)
        if bound == "earliest" and c.chance(0.2):
            p.set_sizes(*c.pick([(4, 8), (8, 8), (4, 4)]))
        if bound != "earliest" and c.chance(0.2):
            p.set_file_space_strategy(c.pick([0, 2, 3]), False, 1)

    with create(path, bound, fcpl) as f:
        c.attributes(f)
        c.fill_group(f, 0)


def fixtures():
    return {"composed_%03d" % i: (lambda path, seed=i: compose(path, seed)) for i in range(COUNT)}
