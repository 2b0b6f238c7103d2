# SPDX-License-Identifier: Apache-2.0
"""All twelve datatype classes beyond the plain numbers and strings."""

import ctypes
import struct

import h5py
import numpy as np

from basics import compound, fixed, padded, pointers, variable
from hdf5c import LIB, call, create, global_type, group, hid
from writing import attribute_raw, make, properties, put, put_raw, small

T = h5py.h5t.TypeID


def copied(name):
    """A changeable copy of a predefined type."""
    return T(call("H5Tcopy", global_type(name)))


def integer(size, precision, offset=0, signed=True, big=False):
    t = copied("H5T_STD_%s64%s" % ("I" if signed else "U", "BE" if big else "LE"))
    if precision + offset > 64 or size > 8:
        call("H5Tset_size", t.id, size)
        call("H5Tset_precision", t.id, precision)
    else:
        call("H5Tset_precision", t.id, precision)
        call("H5Tset_offset", t.id, 0)
        call("H5Tset_size", t.id, size)
    call("H5Tset_offset", t.id, offset)
    return t


def floating(size, fields, bias, precision=None, offset=0, norm=0, big=False, base="H5T_IEEE_F64LE"):
    """fields: sign position, exponent position and size, mantissa position and size."""
    t = copied(base)
    if size > 8:
        call("H5Tset_size", t.id, size)
        call("H5Tset_precision", t.id, precision or size * 8)
        call("H5Tset_fields", t.id, *fields)
    else:
        call("H5Tset_fields", t.id, *fields)
        call("H5Tset_offset", t.id, offset)
        call("H5Tset_precision", t.id, precision or size * 8)
        call("H5Tset_size", t.id, size)
    call("H5Tset_offset", t.id, offset)
    call("H5Tset_ebias", t.id, bias)
    call("H5Tset_norm", t.id, norm)
    call("H5Tset_order", t.id, 1 if big else 0)
    return t


INTEGERS = {
    "i2_12bit": (2, 12),
    "i2_12bit_offset3": (2, 12, 3),
    "u2_12bit_offset4": (2, 12, 4, False),
    "i4_20bit_offset5_be": (4, 20, 5, True, True),
    "u4_31bit": (4, 31, 0, False),
    "i8_40bit_offset16": (8, 40, 16),
    "i8_63bit_be": (8, 63, 1, True, True),
    "i1_5bit_offset2": (1, 5, 2),
    "u1_1bit_offset7": (1, 1, 7, False),
    "i3": (3, 24),
    "u3_be": (3, 24, 0, False, True),
    "i5": (5, 40),
    "i6_be": (6, 48, 0, True, True),
    "u7": (7, 56, 0, False),
    "i3_17bit_offset4": (3, 17, 4),
    "i16": (16, 128),
    "u16_be": (16, 128, 0, False, True),
    "i16_100bit_offset9": (16, 100, 9),
}

FLOATS = {
    "bfloat16": lambda: copied("H5T_FLOAT_BFLOAT16LE"),
    "bfloat16_be": lambda: copied("H5T_FLOAT_BFLOAT16BE"),
    "fp8_e4m3": lambda: copied("H5T_FLOAT_F8E4M3"),
    "fp8_e5m2": lambda: copied("H5T_FLOAT_F8E5M2"),
    "fp6_e2m3": lambda: floating(1, (5, 3, 2, 0, 3), 1, 6),
    "fp6_e3m2": lambda: floating(1, (5, 2, 3, 0, 2), 3, 6),
    "fp4_e2m1": lambda: floating(1, (3, 1, 2, 0, 1), 1, 4),
    "x87_16bytes": lambda: copied("H5T_NATIVE_LDOUBLE"),
    "x87_12bytes": lambda: floating(12, (79, 64, 15, 0, 64), 16383, 80, norm=1),
    "x87_10bytes_be": lambda: floating(10, (79, 64, 15, 0, 64), 16383, norm=1, big=True),
    "binary128": lambda: floating(16, (127, 112, 15, 0, 112), 16383),
    "binary128_be": lambda: floating(16, (127, 112, 15, 0, 112), 16383, big=True),
    "f3_24bit": lambda: floating(3, (23, 16, 7, 0, 16), 63),
    "f4_20bit_offset6": lambda: floating(4, (25, 18, 7, 6, 12), 63, 20, 6),
    "f2_sign_low": lambda: floating(2, (0, 11, 5, 1, 10), 15),
    "f4_odd_bias_be": lambda: floating(4, (31, 20, 11, 0, 20), 1000, big=True),
    "f4_no_normalisation": lambda: floating(4, (31, 23, 8, 0, 23), 127, norm=2),
    "vax_f": lambda: copied("H5T_VAX_F32"),
    "vax_g": lambda: copied("H5T_VAX_F64"),
}


def bytes_for(size, count, salt):
    """Bytes in which every bit position changes."""
    return np.random.default_rng(salt).integers(0, 256, (count, size), "u1").tobytes()


def finite_x87(raw, size, big):
    """Sets the integer bit that the format demands, so that values are ordinary."""
    out = bytearray(raw)
    for i in range(0, len(out), size):
        at = i + (2 if big else 7)
        out[at] |= 0x80
        exponent = i if big else i + 9
        out[exponent] = 0x40
        if not big:
            out[i + 8] = out[i] % 16
            out[i + 10 : i + size] = b"\0" * (size - 10)
        else:
            out[exponent + 1] = out[i + 9] % 16
    return bytes(out)


def float_bytes(name, t):
    size = t.get_size()
    if size == 1:
        return bytes(range(256 if "fp8" in name else 64 if "fp6" in name else 16))
    if name.startswith("x87"):
        return finite_x87(bytes_for(size, 20, 9), size, name.endswith("be"))
    if name.startswith("binary128"):  # exponents near the bias, so that doubles hold them
        out = bytearray(bytes_for(16, 20, 10))
        for i in range(0, len(out), 16):
            out[i + (0 if name.endswith("be") else 15)] = 0x40 if i % 32 else 0xBF
            out[i + (1 if name.endswith("be") else 14)] = out[i + 3] % 32 + (0 if i % 32 else 220)
        return bytes(out) + bytes(16)
    if name.startswith("vax"):
        out = bytearray(bytes_for(size, 20, 11))
        for i in range(0, len(out), size):
            out[i + 1] = 0x40 | out[i + 1] & 0x83
        return bytes(out) + bytes(size)
    if size == 2:
        return bytes_for(2, 60, 12) + b"".join(
            struct.pack("<H", x) for x in (0, 0x8000, 1, 0x7F80, 0xFF80, 0x7FC0, 0x7C00, 0x3F80)
        )
    return bytes_for(size, 40, 13) + bytes(size)


def bare(f):
    """Integers of any width, floats of any geometry, time, bitfield, opaque."""
    for name, args in INTEGERS.items():
        t = integer(*args)
        put_raw(f, "integer/" + name, t, (24,), bytes_for(args[0], 24, len(name)))
    for name, maker in FLOATS.items():
        t = maker()
        raw = float_bytes(name, t)
        put_raw(f, "float/" + name, t, (len(raw) // t.get_size(),), raw)
    for name in ("D32LE", "D32BE", "D64LE", "D64BE"):
        t = copied("H5T_UNIX_" + name)
        put_raw(f, "time/unix_" + name.lower(), t, (4,), bytes_for(t.get_size(), 4, 3))
    for name in ("B8LE", "B16LE", "B16BE", "B32LE", "B32BE", "B64LE", "B64BE"):
        t = copied("H5T_STD_" + name)
        put_raw(f, "bitfield/" + name.lower(), t, (5,), bytes_for(t.get_size(), 5, 4))
    t = copied("H5T_STD_B16LE")
    call("H5Tset_precision", t.id, 9)
    call("H5Tset_offset", t.id, 3)
    put_raw(f, "bitfield/b16_9bit_offset3", t, (5,), bytes_for(2, 5, 4))
    for size, tag in (
        (1, b""),
        (7, b"tag"),
        (7, b"eight888"),
        (100, b"a rather long tag, of more than sixteen bytes"),
        (3, "Größe".encode()),
    ):
        t = h5py.h5t.create(h5py.h5t.OPAQUE, size)
        t.set_tag(tag)
        put_raw(f, "opaque/%d_%d" % (size, len(tag)), t, (4,), bytes_for(size, 4, 6))


def sequences(items, base_size):
    """Memory of variable-length elements: each item is bytes, or None for a null pointer."""
    kept = [ctypes.create_string_buffer(x, len(x)) if x else None for x in items]
    return (
        b"".join(
            struct.pack("<QQ", 0 if not x else len(x) // base_size, ctypes.addressof(k) if k else 0)
            for x, k in zip(items, kept)
        ),
        kept,
    )


def vlen(base):
    return T(call("H5Tvlen_create", base.id))


def array(base, dims):
    return h5py.h5t.array_create(base, dims)


I4, I2B, F8B, U1 = h5py.h5t.STD_I32LE, h5py.h5t.STD_I16BE, h5py.h5t.IEEE_F64BE, h5py.h5t.STD_U8LE


def collections(f):
    """Arrays and sequences, nested."""
    for name, t in (
        ("1d", array(I4, (3,))),
        ("2d_be", array(I2B, (2, 3))),
        ("4d", array(U1, (2, 1, 3, 2))),
        ("nested", array(array(I2B, (2,)), (3,))),
        ("of_compound", array(compound(10, ("a", 0, ">i2"), ("b", 2, "<f8")), (2,))),
        ("of_fixed_string", array(fixed(1, 0, 3), (2,))),
    ):
        raw = np.random.default_rng(8).integers(40, 120, 5 * t.get_size(), "u1").tobytes()
        put_raw(f, "array/" + name, t, (5,), raw)
        put_raw(f, "array/%s_chunked" % name, t, (5,), raw, chunks=(2,), filters=["shuffle", "deflate"])
    raw, kept = pointers(["a", None, "ccc", "", "ee", "f"])
    put_raw(f, "array/of_vlen_string", array(variable(), (2,)), (3,), raw)
    ints, kept1 = sequences(
        [struct.pack("<3i", 1, -2, 3), None, b"", struct.pack("<i", 9), struct.pack("<500i", *range(500))], 4
    )
    put_raw(f, "vlen/i4", vlen(I4), (5,), ints)
    put_raw(f, "vlen/i4_chunked", vlen(I4), (5,), ints, chunks=(2,), filters=["deflate"], maxshape=(None,))
    put_raw(f, "vlen/scalar", vlen(I4), (), ints[:16])
    doubles, kept2 = sequences([struct.pack(">2d", 1.5, -2.25), None, struct.pack(">d", 7)], 8)
    put_raw(f, "vlen/f8be", vlen(F8B), (3,), doubles)
    pair = compound(6, ("n", 0, ">i2"), ("x", 2, "<f4"))
    pairs, kept3 = sequences([struct.pack(">h", 5) + struct.pack("<f", 0.5), None, bytes(12)], 6)
    put_raw(f, "vlen/of_compound", vlen(pair), (3,), pairs)
    texts, kept4 = sequences([b"ab\0cde", b"x\0\0"], 3)
    put_raw(f, "vlen/of_fixed_string", vlen(fixed(1, 0, 3)), (2,), texts)
    words, kept5 = pointers(["one", "zwei", None, "", "fünf"])
    lists, kept6 = sequences([words[:16], words[16:], None], 8)
    put_raw(f, "vlen/of_vlen_string", vlen(variable()), (3,), lists)
    deep, kept7 = sequences([ints[:32], None, ints[48:64]], 16)
    put_raw(f, "vlen/of_vlen", vlen(vlen(I4)), (3,), deep)
    arrays, kept8 = sequences([struct.pack("<6i", *range(6)), None], 12)
    put_raw(f, "vlen/of_array", vlen(array(I4, (3,))), (2,), arrays)
    row = compound(40, ("id", 0, "<i4"), ("list", 8, vlen(I4)), ("text", 24, variable()))
    raw = b"".join(
        struct.pack("<i4x", i) + ints[16 * i : 16 * i + 16] + words[8 * i : 8 * i + 8] + bytes(8) for i in range(4)
    )
    put_raw(f, "vlen/in_compound", row, (4,), raw)
    put_raw(f, "vlen/in_compound_chunked", row, (4,), raw, chunks=(3,), filters=["shuffle", "deflate"])
    both, kept9 = sequences([raw[:80], None, raw[80:160]], 40)
    put_raw(f, "vlen/of_compound_with_vlen", vlen(row), (3,), both)
    put_raw(f, "array/of_vlen", array(vlen(I4), (2,)), (2,), ints[:64])
    make(f, "vlen/never_written", vlen(I4), (3,))
    make(f, "vlen/never_written_chunked", vlen(I4), (3,), (None,), chunks=(2,))
    g = group(f, "attributes")
    attribute_raw(g, "array", array(I2B, (2, 3)), (2,), bytes(range(24)))
    attribute_raw(g, "vlen", vlen(I4), (5,), ints)
    attribute_raw(g, "vlen of vlen", vlen(vlen(I4)), (3,), deep)
    attribute_raw(g, "compound with vlen", row, (4,), raw)
    attribute_raw(g, "opaque", h5py.h5t.py_create(np.dtype("V5")), (2,), b"0123456789")
    wide = h5py.h5t.enum_create(h5py.h5t.STD_U16BE)
    for i in range(300):
        wide.enum_insert(b"name_%d" % (i * 7 % 300), i * 7 % 300 + 1000)
    put_raw(f, "enum_of_300", wide, (3,), struct.pack(">3H", 1000, 1299, 1007))
    row = compound(
        24,
        ("c", 0, compound(8, ("e", 0, wide), ("o", 2, h5py.h5t.py_create(np.dtype("V3"))), ("d", 5, "i1"))),
        ("a", 8, array(compound(4, ("p", 0, ">i2"), ("q", 2, "<u2")), (2, 2))),
    )
    put_raw(f, "deep_compound", row, (2,), (b"\x03\xe9" + bytes(range(22))) * 2)


def references(f):
    target = put(f, "target", small("<i4", (6, 5)), chunks=(4, 4))
    target.attrs["note"] = "an attribute to refer to"
    put(f, "group/inner", small("<f8", (12,)))
    f["alias"] = f["target"]
    refs = [f["target"].ref, f["group"].ref, h5py.Reference(), f["group/inner"].ref, f.ref]
    put(f, "object/refs", np.array(refs, h5py.ref_dtype), dtype=h5py.ref_dtype)
    put(
        f, "object/refs_chunked", np.array(refs, h5py.ref_dtype), dtype=h5py.ref_dtype, chunks=(2,), filters=["deflate"]
    )
    put(f, "object/scalar", np.array(f["group"].ref, h5py.ref_dtype), dtype=h5py.ref_dtype)
    make(f, "object/never_written", h5py.ref_dtype, (3,), (None,), chunks=(2,))
    f.attrs.create("object reference", f["group/inner"].ref, dtype=h5py.ref_dtype)
    regions = [
        target.regionref[1:3, 2:5],
        target.regionref[...],
        h5py.RegionReference(),
        target.regionref[::2, ::3],
        f["group/inner"].regionref[2:4],
    ]
    points = h5py.h5s.create_simple((6, 5))
    points.select_elements(np.array([(0, 0), (5, 4), (2, 1)], "u8"))
    regions.append(h5py.h5r.create(f.id, b"target", h5py.h5r.DATASET_REGION, points))
    union = h5py.h5s.create_simple((6, 5))
    union.select_hyperslab((0, 0), (2, 2))
    union.select_hyperslab((3, 1), (1, 3), op=h5py.h5s.SELECT_OR)
    regions.append(h5py.h5r.create(f.id, b"target", h5py.h5r.DATASET_REGION, union))
    nothing = h5py.h5s.create_simple((6, 5))
    nothing.select_none()
    regions.append(h5py.h5r.create(f.id, b"target", h5py.h5r.DATASET_REGION, nothing))
    put(f, "region/refs", np.array(regions, h5py.regionref_dtype), dtype=h5py.regionref_dtype)
    put(
        f,
        "region/refs_chunked",
        np.array(regions, h5py.regionref_dtype),
        dtype=h5py.regionref_dtype,
        chunks=(3,),
        filters=["deflate"],
    )
    f.attrs.create("region reference", target.regionref[0:2, 0:1], dtype=h5py.regionref_dtype)
    pair = compound(12, ("n", 0, "<i4"), ("r", 4, h5py.h5t.STD_REF_OBJ))
    address = h5py.h5o.get_info(f["group"].id).addr
    put_raw(
        f,
        "object/in_compound",
        pair,
        (3,),
        struct.pack("<iQiQiQ", 1, address, 2, 0, 3, h5py.h5o.get_info(target.id).addr),
    )
    scale = put(f, "scale", small("<f4", (6,)))
    scale.make_scale("rows")
    target.dims[0].attach_scale(scale)
    target.dims[1].label = "columns"


def revised_references(f):
    put(f, "target", small("<i4", (6, 5))).attrs["note"] = 5
    put(f, "group/inner", small("<f8", (12,)))

    def made(name, *args):
        out = ctypes.create_string_buffer(64)
        call(name, f.id.id, *args, out)
        return out.raw

    t = T(call("H5Tcopy", global_type("H5T_STD_REF")))
    objects = [made("H5Rcreate_object", p, 0) for p in (b"/target", b"/group", b"/", b"/group/inner")] + [bytes(64)]
    put_raw(f, "object", t, (5,), b"".join(objects))
    put_raw(f, "object_chunked", t, (5,), b"".join(objects), chunks=(2,), filters=["deflate"])
    spaces = []
    for start, count, stride in (((1, 2), (2, 3), (1, 1)), ((0, 0), (3, 2), (2, 3))):
        space = h5py.h5s.create_simple((6, 5))
        space.select_hyperslab(start, count, stride)
        spaces.append(space)
    everything = h5py.h5s.create_simple((6, 5))
    points = h5py.h5s.create_simple((6, 5))
    points.select_elements(np.array([(0, 0), (5, 4), (2, 1)], "u8"))
    union = h5py.h5s.create_simple((6, 5))
    union.select_hyperslab((0, 0), (2, 2))
    union.select_hyperslab((3, 1), (1, 3), op=h5py.h5s.SELECT_OR)
    nothing = h5py.h5s.create_simple((6, 5))
    nothing.select_none()
    regions = [made("H5Rcreate_region", b"/target", s.id, 0) for s in spaces + [everything, points, union, nothing]]
    put_raw(f, "region", t, (6,), b"".join(regions))
    put_raw(f, "attribute", t, (2,), made("H5Rcreate_attr", b"/target", b"note", 0) + bytes(64))
    put_raw(f, "mixed", t, (4,), objects[1] + regions[0] + made("H5Rcreate_attr", b"/target", b"note", 0) + bytes(64))
    attribute_raw(f, "revised", t, (2,), objects[0] + regions[1])
    put_raw(f, "plain_beside_them", I4, (2,), bytes(8))


def complexes(f, native):
    for name, t, kind in (
        ("c8", h5py.h5t.IEEE_F32LE, "<f4"),
        ("c16", h5py.h5t.IEEE_F64LE, "<f8"),
        ("c16_be", h5py.h5t.IEEE_F64BE, ">f8"),
        ("c4", h5py.h5t.IEEE_F16LE, "<f2"),
    ):
        raw = (np.arange(20) / 4 - 2).astype(kind).tobytes()
        pair = (
            T(call("H5Tcomplex_create", t.id))
            if native
            else compound(2 * t.get_size(), ("r", 0, t), ("i", t.get_size(), t))
        )
        put_raw(f, name, pair, (10,), raw)
        put_raw(f, name + "_chunked", pair, (10,), raw, chunks=(4,), filters=["shuffle", "deflate"])
        attribute_raw(f, name, pair, (), raw[: 2 * t.get_size()])
    if native:
        t = array(T(call("H5Tcomplex_create", h5py.h5t.IEEE_F32LE.id)), (2,))
        put_raw(f, "array", t, (2,), small("<f4", (8,)).tobytes())


def commit(f, name, t):
    tcpl = call("H5Pcreate", hid.in_dll(LIB, "H5P_CLS_DATATYPE_CREATE_ID_g").value)
    call("H5Pset_obj_track_times", tcpl, False)
    call("H5Tcommit2", f.id.id, name.encode(), t.id, 0, tcpl, 0)
    return t


def committed(f):
    row = commit(f, "row type", compound(12, ("a", 0, ">i4"), ("b", 4, "<f8")))
    state = h5py.h5t.enum_create(h5py.h5t.STD_I16LE)
    state.enum_insert(b"OFF", 0)
    state.enum_insert(b"ON", 1)
    state = commit(f, "state", state)
    text = commit(f, "text", variable())
    number = commit(f, "number", copied("H5T_STD_I32BE"))
    for name, t, raw in (
        ("rows", row, bytes(range(36))),
        ("states", state, b"\0\0\1\0\0\0"),
        ("numbers", number, bytes(range(12))),
    ):
        put_raw(f, name, t, (3,), raw)
        put_raw(f, name + "_chunked", t, (3,), raw, chunks=(2,), filters=["deflate"])
        attribute_raw(f, name, t, (3,), raw)
    raw, kept = pointers(["x", None, "yz"])
    put_raw(f, "texts", text, (3,), raw)
    attribute_raw(f, "texts", text, (3,), raw)
    outer = compound(20, ("row", 0, row), ("state", 12, state), ("n", 16, number))
    put_raw(
        f,
        "nested_use",
        outer,
        (2,),
        b"\0\0\0\1" + bytes(8) + b"\1\0\0\0\0\0\0\7" + b"\0\0\0\2" + bytes(8) + b"\0\0\0\0\0\0\0\x09",
    )
    attribute_raw(f["rows"], "on a dataset", row, (), bytes(12))
    attribute_raw(h5py.Datatype(h5py.h5t.open(f.id, b"row type")), "of a type", number, (), b"\0\0\0\5")


def each(bound, write):
    def made(path):
        with create(path, bound) as f:
            write(f)

    return made


def fixtures():
    out = {}
    for bound in ("earliest", "v200"):
        for name, write in (
            ("datatypes_bare", bare),
            ("datatypes_collections", collections),
            ("datatypes_references", references),
            ("datatypes_committed", committed),
        ):
            out["%s_%s" % (name, bound)] = each(bound, write)
    out["datatypes_complex_pairs"] = each("earliest", lambda f: complexes(f, False))
    out["datatypes_complex_v200"] = each("v200", lambda f: complexes(f, True))
    out["datatypes_revised_references"] = each("v112", revised_references)
    return out
