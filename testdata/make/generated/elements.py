# SPDX-License-Identifier: Apache-2.0
"""Random datatypes of every kind, and the memory of random elements of them."""

import ctypes
import struct

import h5py
import numpy as np

from basics import compound, fixed, pointers, variable
from datatypes import FLOATS, T, array, copied, float_bytes, integer, sequences, vlen
from hdf5c import LIB, call, global_type

WORDS = ["", "a", "ab", "word", "exactly8", "two words", "trailing ", "Straße", "日本語", "x" * 40, "tab\there"]
PLAIN_FLOATS = {"half": "f2", "float_single": "f4", "float_double": "f8"}
ODD_FLOATS = {
    "x87": ("x87_16bytes", "x87_12bytes", "x87_10bytes_be"),
    "binary128": ("binary128", "binary128_be"),
    "vax": ("vax_f", "vax_g"),
    "float_odd": ("f3_24bit", "f4_20bit_offset6", "f2_sign_low", "f4_odd_bias_be", "f4_no_normalisation"),
}
NARROW = ((2, 12, 2), (2, 9, 0), (4, 17, 3), (4, 31, 1), (8, 40, 7), (1, 5, 2), (8, 63, 1))
WIDE = ((16, 128), (16, 100, 9), (3, 24), (5, 40), (6, 48), (7, 56), (3, 17, 4))


class Element:
    """A datatype and what makes memory of n elements of it. Memory that is pointed into is kept in `kept`."""

    def __init__(self, held_type, fill, pointed=False, kept=None):
        self.type, self.fill, self.pointed, self.kept = held_type, fill, pointed, kept
        self.size = held_type.get_size()

    def memory(self, count):
        raw = self.fill(count) if count else b""
        assert len(raw) == count * self.size, (len(raw), count, self.size)
        return raw


class Elements:
    """Makes elements for one file. targets: what references may point at (see References)."""

    def __init__(self, rng, targets):
        self.rng, self.targets, self.kept = rng, targets, []
        self.numpy = np.random.default_rng(rng.getrandbits(32))

    def bytes(self, n):
        return self.numpy.bytes(n)

    def make(self, kind, filtered="none"):
        """An element of a kind of axes.py that the filter takes."""
        order = ">" if kind.endswith("_be") else "<"
        if kind.startswith("int_") and kind[4:6] in ("le", "be"):
            return self.whole(order, filtered)
        if kind in ("int_narrow_le", "int_narrow_be"):
            return self.narrow(kind.endswith("be"), filtered == "nbit")
        if kind.startswith(("float_le", "float_be", "half_")):
            return self.real(order, kind.startswith("half"), filtered)
        maker = getattr(self, kind, None) or getattr(self, kind.rsplit("_", 1)[0], None)
        if maker:
            return maker(order) if kind.endswith(("_le", "_be")) else maker()
        if kind.startswith(("bfloat16", "fp")):
            return self.floats(kind.replace("_le", ""))
        if kind in ODD_FLOATS:
            return self.floats(self.rng.choice(ODD_FLOATS[kind]))
        return self.reference(kind)

    def number(self, order=None):
        order = order or self.rng.choice("<>")
        if self.rng.random() < 0.6:
            return self.whole(order, "none")
        return self.real(order, self.rng.random() < 0.2, "none")

    def whole(self, order, filtered):
        sizes = {"fcidecomp": "12", "jpeg": "1", "zfp": "48", "vbz": "124"}.get(filtered, "1248")
        signs = {"jpeg": "u", "zfp": "i", "vbz": "i"}.get(filtered, "iu")
        order = "<" if filtered in ("zfp", "vbz", "fcidecomp") else order
        dtype = np.dtype(order + self.rng.choice(signs) + self.rng.choice(sizes))
        lowest, highest = np.iinfo(dtype).min, np.iinfo(dtype).max
        style = self.rng.choice(("walk", "walk", "constant", "any", "few", "extreme"))
        if filtered in ("zfp", "jpeg", "fcidecomp", "vbz"):
            style = "walk"

        def fill(n):
            if style == "any":
                return self.bytes(n * dtype.itemsize)
            if style == "extreme":
                ends = np.array([lowest, lowest + 1, 0, 1, highest - 1, highest], dtype)
                return ends[self.numpy.integers(0, 6, n)].tobytes()
            if style == "constant":
                return np.full(n, self.rng.choice((0, 1, highest, lowest)), dtype).tobytes()
            if style == "few":
                return self.numpy.integers(0, 5, n).astype(dtype).tobytes()
            start = self.rng.randrange(60)
            return (start + np.cumsum(self.numpy.integers(-2, 4, n)) % 60).astype(dtype).tobytes()

        return Element(h5py.h5t.py_create(dtype), fill)

    def narrow(self, big, masked):
        size, precision, *offset = self.rng.choice(NARROW)
        offset = offset[0] if offset else 0
        t = integer(size, precision, offset, self.rng.random() < 0.5, big)
        keep = (((1 << precision) - 1) << offset).to_bytes(size, "big" if big else "little")
        keep = np.frombuffer(keep, "u1") if masked else np.full(size, 255, "u1")
        return Element(t, lambda n: (np.frombuffer(self.bytes(n * size), "u1").reshape(n, size) & keep).tobytes())

    def int_wide(self):
        arguments = list(self.rng.choice(WIDE)) + [0]
        t = integer(*arguments[:3], self.rng.random() < 0.5, self.rng.random() < 0.5)
        return Element(t, lambda n: self.bytes(n * arguments[0]))

    def real(self, order, half, filtered):
        dtype = np.dtype(order + ("f2" if half else self.rng.choice(("f4", "f8"))))
        if filtered == "zfp":
            dtype = dtype.newbyteorder("<")
        tame = filtered in ("zfp", "scaleoffset")
        style = "walk" if tame else self.rng.choice(("walk", "any", "special", "constant"))

        def fill(n):
            if style == "any" and not half:
                return self.bytes(n * dtype.itemsize)
            if style == "special":
                ends = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1 / 3, -2.5, 6e-8, 65504], dtype)
                return ends[self.numpy.integers(0, 9, n)].tobytes()
            if style == "constant":
                return np.full(n, 1.25, dtype).tobytes()
            walk = np.cumsum(self.numpy.integers(-8, 9, n)) / 8
            return walk.astype(dtype).tobytes()

        return Element(h5py.h5t.py_create(dtype), fill)

    def floats(self, name):
        t = FLOATS[name]()
        stock = np.frombuffer(float_bytes(name, t), "V%d" % t.get_size())
        return Element(t, lambda n: stock[self.numpy.integers(0, len(stock), n)].tobytes())

    def string_ascii(self):
        return self.string(0)

    def string_utf8(self):
        return self.string(1)

    def string(self, charset):
        size, pad = self.rng.randrange(1, 14), self.rng.randrange(3)
        filler = b" " if pad == 2 else b"\0"
        words = [w.encode()[:size].ljust(size, filler) for w in WORDS if charset or w.isascii()]
        return Element(fixed(pad, charset, size), lambda n: b"".join(self.rng.choice(words) for _ in range(n)))

    def vstring_ascii(self):
        return self.vstring(0)

    def vstring_utf8(self):
        return self.vstring(1)

    def vstring(self, charset=1):
        words = [w for w in WORDS if charset or w.isascii()] + [None]
        if self.rng.random() < 0.1:
            words.append("long " * 900)

        def fill(n):
            raw, kept = pointers([self.rng.choice(words) for _ in range(n)])
            self.kept.append(kept)
            return raw

        return Element(variable(charset), fill, True)

    def lists(self, base):
        longest = self.rng.choice((3, 6, 6, 40))

        def fill(n):
            counts = [self.rng.choice((None, 0, 1, 2, self.rng.randrange(longest))) for _ in range(n)]
            raw, kept = sequences([base.memory(c) if c else None for c in counts], base.size)
            self.kept.append(kept)
            return raw

        return Element(vlen(base.type), fill, True)

    def vlen(self, order):
        return self.lists(self.number(order))

    def vlen_vlen(self):
        return self.lists(self.lists(self.number()))

    def vlen_compound(self):
        return self.lists(self.record([self.number(), self.string(1)]))

    def vlen_string(self):
        return self.lists(self.vstring())

    def compound_vlen(self):
        parts = [self.number(), self.lists(self.number()), self.vstring()]
        self.rng.shuffle(parts)
        return self.record(parts)

    def array_vlen(self):
        return self.arrays(self.rng.choice((self.vstring, lambda: self.lists(self.number())))())

    def record(self, parts):
        members, at = [], 0
        for i, part in enumerate(parts):
            at += self.rng.randrange(4) if self.rng.random() < 0.3 else 0
            members.append(("m%d" % i if self.rng.random() < 0.7 else "Mitglied %d, länger" % i, at, part.type))
            at += part.size
        size = at + self.rng.choice((0, 0, 0, 3))

        def fill(n):
            out = np.zeros((n, size), "u1")
            for (_, offset, _t), part in zip(members, parts):
                column = np.frombuffer(part.memory(n), "u1").reshape(n, part.size)
                out[:, offset : offset + part.size] = column
            return out.tobytes()

        return Element(compound(size, *members), fill, any(p.pointed for p in parts))

    def compound(self):
        return self.record([self.number() for _ in range(self.rng.randrange(1, 6))])

    def compound_deep(self):
        inner = self.record([self.number(), self.rng.choice((self.bool, self.string_utf8, self.number))()])
        return self.record([self.number(), inner, self.arrays(inner), self.enum(self.rng.choice("<>")), self.opaque()])

    def enum(self, order):
        base = np.dtype(order + self.rng.choice(("i1", "u1", "i2", "u4", "i8")))
        t = h5py.h5t.enum_create(h5py.h5t.py_create(base))
        values = self.rng.sample(range(0 if base.kind == "u" else -50, 100), self.rng.choice((1, 3, 9)))
        for i, value in enumerate(values):
            t.enum_insert(("NAME_%d" % i if i % 3 else "ein Name %d" % i).encode(), value)
        stock = np.array(values, base)
        return Element(t, lambda n: stock[self.numpy.integers(0, len(stock), n)].tobytes())

    def bool(self):
        t = h5py.h5t.py_create(np.dtype(bool))
        return Element(t, lambda n: self.numpy.integers(0, 2, n).astype("u1").tobytes())

    def arrays(self, base):
        dims = tuple(self.rng.randrange(1, 4) for _ in range(self.rng.choice((1, 1, 2, 3))))
        return Element(array(base.type, dims), lambda n: base.memory(n * int(np.prod(dims))), base.pointed)

    def array(self):
        return self.arrays(self.number())

    def array_deep(self):
        base = self.rng.choice((self.compound, self.string_ascii, self.array, self.opaque, self.bool))()
        return self.arrays(base)

    def opaque(self):
        t = h5py.h5t.create(h5py.h5t.OPAQUE, self.rng.randrange(1, 12))
        t.set_tag(self.rng.choice((b"", b"tag", b"eight888", "größer".encode())))
        return Element(t, lambda n: self.bytes(n * t.get_size()))

    def time(self):
        t = copied("H5T_UNIX_D%s%s" % (self.rng.choice(("32", "64")), self.rng.choice(("LE", "BE"))))
        return Element(t, lambda n: self.bytes(n * t.get_size()))

    def bitfield(self, order):
        name = (
            "B8LE"
            if self.rng.random() < 0.2
            else "B%d%s" % (self.rng.choice((16, 32, 64)), "BE" if order == ">" else "LE")
        )
        t = copied("H5T_STD_" + name)
        return Element(t, lambda n: self.bytes(n * t.get_size()))

    def bitfield_part(self):
        size = self.rng.choice((2, 4))
        t = copied("H5T_STD_B%d%s" % (8 * size, "LE"))
        precision = self.rng.randrange(1, 8 * size - 3)
        offset = self.rng.randrange(0, 8 * size - precision)
        call("H5Tset_precision", t.id, precision)
        call("H5Tset_offset", t.id, offset)
        keep = np.frombuffer((((1 << precision) - 1) << offset).to_bytes(size, "little"), "u1")
        return Element(t, lambda n: (np.frombuffer(self.bytes(n * size), "u1").reshape(n, size) & keep).tobytes())

    def complex(self, order):
        bits = self.rng.choice((16, 32, 64))
        base = T(call("H5Tcopy", global_type("H5T_IEEE_F%d%s" % (bits, "BE" if order == ">" else "LE"))))
        return self.pairs(np.dtype("%sf%d" % (order, bits // 8)), T(call("H5Tcomplex_create", base.id)))

    def complex_pair(self):
        dtype = np.dtype(self.rng.choice(("<f4", ">f8", ">f4", "<f8")))
        return self.pairs(dtype, compound(2 * dtype.itemsize, ("r", 0, dtype), ("i", dtype.itemsize, dtype)))

    def pairs(self, dtype, t):
        return Element(t, lambda n: (self.numpy.integers(-99, 99, 2 * n) / 4).astype(dtype).tobytes())

    def reference(self, kind):
        name = {"objref": "H5T_STD_REF_OBJ", "regref": "H5T_STD_REF_DSETREG"}.get(kind, "H5T_STD_REF")
        t = T(call("H5Tcopy", global_type(name)))
        return Element(t, lambda n: b"".join(self.targets.reference(kind, t.get_size()) for _ in range(n)), True)


class References:
    """What references of one file point at: a dataset and a group that are made first."""

    def __init__(self, file, rng, path, shape, attribute):
        self.file, self.rng, self.path, self.shape, self.attribute = file, rng, path, shape, attribute
        self.made = []

    def region(self):
        space = h5py.h5s.create_simple(self.shape)
        rows, columns = self.shape
        kind = self.rng.choice(("block", "strided", "points", "union", "all", "none"))
        if kind == "block":
            space.select_hyperslab((1, 0), (rows - 2, columns - 1))
        elif kind == "strided":
            space.select_hyperslab((0, 1), (rows // 2, columns // 3), (2, 3))
        elif kind == "points":
            points = [(self.rng.randrange(rows), self.rng.randrange(columns)) for _ in range(self.rng.randrange(1, 6))]
            space.select_elements(np.array(sorted(set(points)), "u8"))
        elif kind == "union":
            space.select_hyperslab((0, 0), (2, 2))
            space.select_hyperslab((3, 1), (1, 3), op=h5py.h5s.SELECT_OR)
        elif kind == "none":
            space.select_none()
        return space

    def reference(self, kind, size):
        buffer = ctypes.create_string_buffer(size)
        where = self.file.id.id
        if self.rng.random() < 0.2:
            return buffer.raw
        path = self.path.encode() if kind != "ref_object" and kind != "objref" or self.rng.random() < 0.6 else b"/"
        if kind in ("objref", "regref"):
            space = self.region() if kind == "regref" else None
            call("H5Rcreate", buffer, where, path, 1 if space else 0, space.id if space else -1)
            return buffer.raw
        if kind == "ref_object":
            call("H5Rcreate_object", where, path, 0, buffer)
        elif kind == "ref_region":
            space = self.region()
            call("H5Rcreate_region", where, path, space.id, 0, buffer)
        else:
            call("H5Rcreate_attr", where, path, self.attribute.encode(), 0, buffer)
        self.made.append(buffer)
        return buffer.raw

    def close(self):
        for buffer in self.made:
            LIB.H5Rdestroy(buffer)
        self.made = []
