# SPDX-License-Identifier: Apache-2.0
"""Numbers, strings, enumerations and compounds; dataspaces; attributes; groups and links: once per format bound."""

import ctypes
import struct

import h5py
import numpy as np

from hdf5c import call, create, global_type, group
from storage import small_nodes
from writing import UNLIMITED, attribute_raw, make, pattern, properties, put, put_raw, small, space_of

INTEGERS = ["%s%s%d" % (o, k, n) for n in (1, 2, 4, 8) for k in "iu" for o in "<>" if n > 1 or o == "<"]
FLOATS = ["%sf%d" % (o, n) for n in (2, 4, 8) for o in "<>"]
SPECIALS = [0.0, -0.0, 1.5, -2.25, float("inf"), float("-inf"), float("nan"), 6e-8, 65504.0, 1e-5]


def plain(dtype):
    return np.dtype(dtype).str.replace("<", "le_").replace(">", "be_").replace("|", "")


def extremes(dtype):
    info = np.iinfo(np.dtype(dtype))
    return np.array([info.min, info.min + 1, 0, 1, 2, 100, info.max - 1, info.max], dtype)


def numbers(path, bound):
    with create(path, bound, fcpl=small_nodes(bound)) as f:
        for t in INTEGERS:
            put(f, "extremes/" + plain(t), extremes(t))
            put(f, "chunked/" + plain(t), pattern(t, (7, 9)), chunks=(3, 4), filters=["shuffle", "deflate"])
        for t in FLOATS:
            with np.errstate(over="ignore"):
                put(f, "extremes/" + plain(t), np.array(SPECIALS, t))
            put(f, "chunked/" + plain(t), pattern(t, (7, 9)), chunks=(3, 4), filters=["deflate"])
        for t in ("<i4", ">i4", "<f8", ">u8"):
            put(f, "scalar/" + plain(t), np.array(42, t))
        put(f, "bool/flags", np.array([True, False, True, True]))
        put(f, "bool/chunked", np.arange(30) % 3 == 0, chunks=(8,), filters=["deflate"])
        for base in ("i1", "<i2", ">i2", "<u4", ">i8"):
            t = h5py.h5t.enum_create(h5py.h5t.py_create(np.dtype(base)))
            lowest = 0 if "u" in base else -5
            for name, value in (("RED", 1), ("LOW", lowest), ("GREEN", 100), ("a longer name of it", 7)):
                t.enum_insert(name.encode(), value)
            put_raw(f, "enum/" + plain(base), t, (5,), np.array([1, lowest, 100, 7, 1], base).tobytes())


STRINGS = ["", "a", "plain", "exactly8", "über", "日本", "  lead", "trail  ", "x" * 12]


def fixed(pad, charset, size):
    t = h5py.h5t.C_S1.copy()
    t.set_size(size)
    t.set_strpad(pad)
    t.set_cset(charset)
    return t


def padded(texts, size, pad):
    """Texts as bytes of a fixed size; null-terminated ones keep room for their NUL except one that fills the size."""
    filler = b" " if pad == h5py.h5t.STR_SPACEPAD else b"\0"
    return b"".join(x.encode()[:size].ljust(size, filler) for x in texts)


def variable(charset=h5py.h5t.CSET_UTF8):
    t = h5py.h5t.C_S1.copy()
    t.set_size(h5py.h5t.VARIABLE)
    t.set_cset(charset)
    return t


def pointers(texts):
    """Memory of an array of C strings; None is a null pointer. Keep the second result alive."""
    kept = [None if x is None else ctypes.create_string_buffer(x.encode()) for x in texts]
    return struct.pack("<%dQ" % len(texts), *[0 if k is None else ctypes.addressof(k) for k in kept]), kept


def strings(path, bound):
    with create(path, bound) as f:
        for pad, name in ((0, "nullterm"), (1, "nullpad"), (2, "spacepad")):
            for charset, word in ((0, "ascii"), (1, "utf8")):
                texts = [s for s in STRINGS if charset or s.isascii()]
                t = fixed(pad, charset, 8)
                put_raw(f, "fixed/%s_%s" % (name, word), t, (len(texts),), padded(texts, 8, pad))
                put_raw(
                    f,
                    "fixed/%s_%s_chunked" % (name, word),
                    t,
                    (len(texts),),
                    padded(texts, 8, pad),
                    chunks=(4,),
                    filters=["deflate"],
                )
        put_raw(f, "fixed/scalar", fixed(1, 0, 5), (), b"hello")
        put_raw(f, "fixed/one", fixed(1, 0, 1), (3,), b"a\0c")
        put_raw(f, "fixed/utf8_in_ascii", fixed(0, 0, 16), (2,), padded(["Größe", "naïve"], 16, 0))
        put_raw(f, "fixed/after_nul", fixed(0, 0, 8), (1,), b"ab\0cdef\0")
        put_raw(f, "fixed/nul_inside_nullpad", fixed(1, 0, 8), (1,), b"ab\0cd\0\0\0")
        texts = ["", "a", None, "Grüße", "日本語 text", "y" * 300, "end"]
        for charset, word in ((0, "ascii"), (1, "utf8")):
            raw, kept = pointers([x if charset or x is None or x.isascii() else "ascii" for x in texts])
            put_raw(f, "variable/" + word, variable(charset), (7,), raw)
            put_raw(
                f,
                "variable/%s_chunked" % word,
                variable(charset),
                (7,),
                raw,
                chunks=(3,),
                filters=["deflate"],
                maxshape=(None,),
            )
        raw, kept = pointers(["scalar ✓"])
        put_raw(f, "variable/scalar", variable(), (), raw)
        raw, kept = pointers(["row %d of many strings, value %d" % (i, i * i) for i in range(400)])
        put_raw(f, "variable/many_collections", variable(), (20, 20), raw, chunks=(5, 6), filters=["deflate"])
        raw, kept = pointers(["z" * 6000 + str(i) for i in range(3)])
        put_raw(f, "variable/larger_than_a_collection", variable(), (3,), raw)
        make(f, "variable/never_written", variable(), (4,), (None,), chunks=(2,))
        make(f, "fixed/never_written", fixed(2, 0, 4), (3,))


def compound(size, *members):
    t = h5py.h5t.create(h5py.h5t.COMPOUND, size)
    for name, offset, member in members:
        t.insert(
            name.encode(),
            offset,
            member if isinstance(member, h5py.h5t.TypeID) else h5py.h5t.py_create(np.dtype(member)),
        )
    return t


def compounds(path, bound):
    rng = np.random.default_rng(5)
    with create(path, bound) as f:
        packed = compound(14, ("a", 0, "<i4"), ("bee", 4, "<f8"), ("flag", 12, "<u2"))
        holes = compound(40, ("z last first", 32, ">f4"), ("a", 3, "<i2"), ("b", 8, ">i8"), ("eight888", 20, "u1"))
        inner = compound(12, ("x", 0, "<i4"), ("y", 4, ">f8"))
        nested = compound(
            30, ("id", 0, "<u2"), ("inner", 2, inner), ("name", 14, fixed(1, 1, 10)), ("f", 24, ">f4"), ("h", 28, "<f2")
        )
        for name, t in (("packed", packed), ("holes", holes), ("nested", nested)):
            raw = rng.integers(1, 100, (11, t.get_size()), dtype="u1").tobytes()
            put_raw(f, name + "_contiguous", t, (11,), raw)
            put_raw(f, name + "_chunked", t, (11,), raw, chunks=(4,), filters=["shuffle", "deflate"], maxshape=(None,))
            put_raw(f, name + "_scalar", t, (), raw[: t.get_size()])
        enum = h5py.h5t.enum_create(h5py.h5t.STD_I16BE)
        enum.enum_insert(b"OFF", 0)
        enum.enum_insert(b"ON", 1)
        with_enum = compound(3, ("state", 0, enum), ("n", 2, "i1"))
        put_raw(f, "enum_member", with_enum, (3,), b"\0\1\5\0\0\6\0\1\7")
        text = compound(16, ("n", 0, "<i8"), ("s", 8, variable()))
        column, kept = pointers(["one", None, "", "vier", "fünf"])
        raw = b"".join(struct.pack("<q", i) + column[8 * i : 8 * i + 8] for i in range(5))
        put_raw(f, "variable_string_member", text, (5,), raw)
        put_raw(f, "variable_string_member_chunked", text, (5,), raw, chunks=(2,), filters=["deflate"])
        many = compound(600, *[("member_%03d" % i, 2 * i, "<i2") for i in range(300)])
        put_raw(f, "three_hundred_members", many, (2,), np.arange(600, dtype="<i2").tobytes())
        array = compound(
            28,
            ("m", 0, h5py.h5t.array_create(h5py.h5t.STD_I16LE, (2, 3))),
            ("v", 12, h5py.h5t.array_create(inner, (1,))),
            ("t", 24, "<i4"),
        )
        put_raw(f, "array_member", array, (4,), rng.integers(1, 100, 28 * 4, dtype="u1").tobytes())
        fill = properties(chunks=(2,))
        call("H5Pset_fill_value", fill.id, packed.id, struct.pack("<idH", -7, 2.5, 999))
        make(f, "filled_never_written", packed, (3,), (None,), fill)


def dataspaces(path, bound):
    with create(path, bound, fcpl=small_nodes(bound)) as f:
        make(f, "null", "<i4", None)
        make(f, "null_string", variable(), None)
        put(f, "scalar", np.array(-3, "<i2"))
        for shape in ((0,), (0, 3), (3, 0), (2, 0, 4)):
            make(f, "zero/contiguous_" + "x".join(map(str, shape)), "<i4", shape)
            make(
                f,
                "zero/chunked_" + "x".join(map(str, shape)),
                "<i4",
                shape,
                [None] * len(shape),
                chunks=[2] * len(shape),
            )
        for rank in range(1, 7):
            shape = (5, 4, 3, 2, 2, 3)[:rank]
            chunks = (2, 3, 2, 1, 2, 2)[:rank]
            put(f, "rank/contiguous_%d" % rank, small("<i4", shape))
            put(f, "rank/chunked_%d" % rank, small(">i4", shape), chunks=chunks)
            put(
                f,
                "rank/deflate_%d" % rank,
                small("<f4", shape),
                chunks=chunks,
                filters=["shuffle", "deflate"],
                maxshape=(None,) + shape[1:],
            )
        put(f, "rank/ones_8", small("<i2", (1, 2, 1, 1, 3, 1, 1, 2)), chunks=(1, 1, 1, 1, 2, 1, 1, 1))
        put(f, "rank/contiguous_32", small("<i2", (1,) * 30 + (2, 3)))
        put(f, "limits/contiguous_wider_max", small("<i4", (4, 3)), (4, 3))
        put(f, "limits/chunked_wider_max", small("<i4", (4, 3)), (9, 8), chunks=(2, 2))
        put(f, "limits/chunk_larger_than_dataset", small("<i4", (3, 2)), (None, None), chunks=(16, 16))
        put(
            f,
            "limits/chunk_larger_than_dataset_deflate",
            small("<i4", (3, 2)),
            (None, 2),
            chunks=(16, 2),
            filters=["deflate"],
        )
        put(f, "layout/compact", small("<i4", (5, 3)), layout=h5py.h5d.COMPACT)
        put(f, "layout/compact_big", pattern(">f8", (500,)), layout=h5py.h5d.COMPACT)
        put(f, "layout/compact_scalar", np.array(2.5, "<f8"), layout=h5py.h5d.COMPACT)
        make(f, "layout/compact_never_written", "<i2", (3,), layout=h5py.h5d.COMPACT)
        put(f, "layout/contiguous_1d", pattern("<i4", (1000,)))
        put(f, "layout/contiguous_2d", pattern("<f8", (20, 30)))
        put(f, "layout/contiguous_3d", pattern(">i2", (5, 6, 7)))


def attributes(path, bound):
    with create(path, bound) as f:
        for where, phase in (("few", None), ("dense_from_first", (0, 0))):
            f_group = group(f, where, lambda g: phase and g.set_attr_phase_change(*phase))
            fill_attributes(f_group)
        ordered = group(f, "ordered_compact", lambda g: g.set_attr_creation_order(3))
        for name in ("zeta", "alpha", "mid"):
            ordered.attrs[name] = name.upper()
        ordered = group(f, "ordered_dense", lambda g: g.set_attr_creation_order(3))
        for i in range(30):
            ordered.attrs["%s_%d" % ("zyxw"[i % 4], i)] = np.int32(i)
        many = group(f, "many")
        for i in range(120):
            many.attrs["attribute number %03d %s" % (i, "long" * (i % 9))] = np.full(1 + i % 7, i, "<i4")
        data = put(f, "dataset", small("<i4", (4,)), chunks=(2,))
        for i in range(12):
            data.attrs["a%02d" % i] = "text of attribute %d" % i
        data = put(f, "dataset_without_attributes", small("<i4", (4,)))
        if bound != "earliest":
            big = group(f, "beyond_64k")
            big.attrs.create("big", pattern("<i4", (16500,)))
            big.attrs["small"] = np.int8(1)
        renamed = group(f, "renamed_and_deleted")
        for i in range(12):
            renamed.attrs["n%d" % i] = i
        for i in range(0, 12, 3):
            del renamed.attrs["n%d" % i]


def fill_attributes(g):
    for t in INTEGERS + FLOATS:
        g.attrs.create(plain(t), pattern(t, (3,)))
    g.attrs.create("scalar", np.float64(1.25))
    g.attrs.create("matrix", small(">i2", (2, 3, 2)))
    g.attrs["bool"] = True
    g.attrs["vlen string"] = "Grüße"
    g.attrs["vlen strings"] = ["a", "", "ccc"]
    g.attrs["fixed"] = np.bytes_(b"seven77")
    g.attrs["null"] = h5py.Empty("<f4")
    g.attrs["null string"] = h5py.Empty(h5py.string_dtype())
    g.attrs["zero"] = np.zeros((0,), "<i4")
    g.attrs["名前"] = "unicode name"
    g.attrs["n" * 200] = np.int16(200)
    for pad in (0, 1, 2):
        attribute_raw(g, "pad%d" % pad, fixed(pad, 0, 6), (2,), padded(["ab", "cdef"], 6, pad))
    t = compound(14, ("a", 0, ">i4"), ("bee", 4, "<f8"), ("flag", 12, "<u2"))
    attribute_raw(g, "compound", t, (2,), bytes(range(28)))
    enum = h5py.h5t.enum_create(h5py.h5t.STD_I32LE)
    enum.enum_insert(b"NO", 0)
    enum.enum_insert(b"YES", 1)
    attribute_raw(g, "enum", enum, (2,), b"\1\0\0\0\0\0\0\0")
    raw, kept = pointers(["x", None, "zz"])
    attribute_raw(g, "vlen with null", variable(), (3,), raw)


def groups(path, bound):
    with create(path, bound) as f:
        put(f, "root_data", small("<i4", (3,)))
        put(f, "a/b/c/d/e/deep", small("<f8", (2,)))
        many = group(f, "thousand")
        for i in range(1000):
            many.id.links.create_hard(b"link_%04d" % i, f.id, b"root_data")
        long = group(f, "long_names")
        for i in range(40):
            put(long, "%02d_" % i + "name" * (i + 1), np.array(i, "<i2"))
        odd = group(f, "odd_names")
        for name in ("with space", "ünïcode", "日本", "per%cent", 'quote"s', "dot.dot", "..."):
            put(odd, name, np.array(len(name), "<i4"))
        group(f, "empty")
        soft = group(f, "soft")
        put(soft, "target", small("<i2", (4,)))
        for name, target in (
            ("absolute", "/root_data"),
            ("relative", "target"),
            ("up_is_no_path", "../root_data"),
            ("to_group", "/a/b"),
            ("through_group", "to_group/c/d/e/deep"),
            ("dangling", "/no/such/object"),
            ("chain1", "chain2"),
            ("chain2", "chain3"),
            ("chain3", "/soft/target"),
            ("loop1", "loop2"),
            ("loop2", "/soft/loop1"),
            ("self", "self"),
            ("dot", "./target"),
            ("long", "/" + "/".join(["a", "b", "c", "d", "e"]) + "/./" + "deep"),
            ("slashes", "//a//b/c/d/e/deep"),
        ):
            soft[name] = h5py.SoftLink(target)
        cycle = group(f, "cycle/inner")
        cycle["back"] = f["cycle"]
        f["hard_alias"] = f["root_data"]
        for name, flags in (("ordered_compact", 1), ("ordered_indexed", 3)):
            g = group(f, name, lambda p: p.set_link_creation_order(flags))
            for key in ("zeta", "alpha", "mid", "beta"):
                put(g, key, np.array(ord(key[0]), "<i4"))
        if bound != "earliest":
            g = group(f, "ordered_dense", lambda p: p.set_link_creation_order(3))
            for i in range(60):
                g.id.links.create_hard(b"%c%02d" % (b"zyxw"[i % 4], i), f.id, b"root_data")
            g["soft"] = h5py.SoftLink("/a/b/c")
            g = group(f, "dense_from_first", lambda p: call("H5Pset_link_phase_change", p.id, 0, 0))
            put(g, "only", np.array(1, "<i4"))
            g = group(f, "dense_with_removals")
            for i in range(30):
                g.id.links.create_hard(b"l%02d" % i, f.id, b"root_data")
            for i in range(0, 30, 4):
                del g["l%02d" % i]
            g = group(f, "old_style_is_possible_too")
            put(g, "x", np.array(1, "<i4"))


EACH = {
    "numbers": numbers,
    "strings": strings,
    "compounds": compounds,
    "dataspaces": dataspaces,
    "attributes": attributes,
    "groups": groups,
}


BOUNDS = {"dataspaces": ("earliest", "v18", "v200"), "strings": ("earliest", "v18"), "attributes": ("earliest", "v18")}


def fixtures():
    """Name -> writer(path)."""
    out = {}
    for name, writer in EACH.items():
        for bound in BOUNDS.get(name, ("earliest", "v200")):
            out["%s_%s" % (name, bound)] = lambda path, w=writer, b=bound: w(path, b)
    return out
