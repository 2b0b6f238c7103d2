# SPDX-License-Identifier: Apache-2.0
"""Forms that other or older writers produce, and damage. Where libhdf5 2.0 refuses a form that existing files have, the
expected values are of the same file before the change (AFTER)."""

import ctypes
import struct
import zlib

import h5py
import numpy as np

from basics import compound, pointers, variable
from datatypes import commit, copied, sequences, vlen
from hdf5c import LIB, call, create, group, hid
from patching import Patch
from writing import attribute_raw, make, pattern, properties, put, put_raw, small


def addresses(path):
    found = {}
    with h5py.File(path, "r") as f:
        f.visititems(lambda n, o: found.__setitem__(n, h5py.h5o.get_info(o.id).addr))
    return found


def small_trees(p):
    call("H5Pset_istore_k", p.id, 3)


def old_forms(path):
    """Version 1 headers with messages whose old form is longer than the one libhdf5 writes."""
    with create(path, "earliest", small_trees) as f:
        number = commit(f, "number", copied("H5T_STD_I32BE"))
        put_raw(f, "shared_v1", number, (3,), small(">i4", (3,)).tobytes())
        put_raw(f, "shared_v2", number, (3,), small(">i4", (3,)).tobytes())
        put_raw(f, "shared_v3", number, (3,), small(">i4", (3,)).tobytes())
        for version in (1, 2):
            put(f, "layout%d_chunked_2d" % version, small("<i4", (7, 5)), (None, 5), chunks=(3, 2), filters=["deflate"])
            put(f, "layout%d_chunked_3d" % version, small(">i2", (4, 5, 3)), chunks=(3, 2, 3))
            put(f, "layout%d_compact_2d" % version, small("<i2", (3, 4)), layout=h5py.h5d.COMPACT)
            make(f, "layout%d_chunked_unwritten" % version, "<i2", (3, 4), chunks=(2, 2), fill=np.int16(4))
        make(f, "fill_v1", "<i4", (4,), fill=np.int32(31))
        put(f, "fill_v1_undefined", small("<i4", (4,)), dcpl=undefined_fill())
        make(f, "fill_v3", "<i4", (4,), fill=np.int32(33))
        for version in (2, 3, 4, 5):
            put(f, "datatype_v%d_int" % version, small("<i4", (3,)))
            put(f, "datatype_v%d_float" % version, small(">f8", (3,)))
            put(f, "datatype_v%d_string" % version, np.array([b"ab", b"cde"], "S3"))
        t = compound(12, ("a", 0, "<i4"), ("exactly8", 4, "<f8"))
        put_raw(f, "compound_v1", t, (2,), bytes(range(24)))
        put_raw(f, "compound_v2", t, (2,), bytes(range(24)))
        put_raw(f, "compound_v3", t, (2,), bytes(range(24)))
        with_array = compound(16, ("a", 0, "<i4"), ("arr", 4, h5py.h5t.array_create(h5py.h5t.STD_I32BE, (3,))))
        put_raw(f, "compound_v2_array", with_array, (2,), bytes(range(32)))
        enum = h5py.h5t.enum_create(h5py.h5t.STD_I16BE)
        for name, value in ((b"B", 2), (b"A", -1), (b"seven77", 7), (b"eight888", 8)):
            enum.enum_insert(name, value)
        put_raw(f, "enum_v2", enum, (2,), b"\0\7\xff\xff")
        put_raw(f, "enum_v3", enum, (2,), b"\0\7\xff\xff")
        put(f, "dataspace_v2", small("<i4", (3, 2)), (None, 2), chunks=(2, 2))
        put(f, "pipeline_v2", small("<i4", (9,)), chunks=(4,), filters=["shuffle", "deflate"])
        put(f, "attributes", small("<i4", (2,))).attrs["v3"] = small("<i4", (2, 2))
        put(f, "always_fail_flag_off", small("<i4", (2,)), fill=np.int32(1))
    at = addresses(path)
    p = Patch(path)
    address = struct.pack("<Q", at["number"])
    shared = {1: b"\1\0" + bytes(6) + bytes(8) + address, 2: b"\2\0" + address, 3: b"\3\2" + address}
    for version, body in shared.items():
        p.rebuild_v1(at["shared_v%d" % version], lambda k, fl, b, body=body: body if k == 3 else b)
    for version in (1, 2):
        for name, shape in (
            ("chunked_2d", (7, 5)),
            ("chunked_3d", (4, 5, 3)),
            ("compact_2d", (3, 4)),
            ("chunked_unwritten", (3, 4)),
        ):
            p.rebuild_v1(
                at["layout%d_%s" % (version, name)],
                lambda k, fl, b, v=version, s=shape: older_layout(b, v, s) if k == 8 else b,
            )
    p.rebuild_v1(at["fill_v1"], lambda k, fl, b: b"\1" + b[1:] if k == 5 else (0, 0, b"") if k == 4 else b)
    p.rebuild_v1(at["fill_v1_undefined"], lambda k, fl, b: b"\1" + b[1:3] + b"\0" + bytes(4) if k == 5 else b)
    p.rebuild_v1(
        at["fill_v3"],
        lambda k, fl, b: b"\3" + bytes([b[1] | b[2] << 2 | 0x20]) + b[4:12] if k == 5 else (0, 0, b"") if k == 4 else b,
    )
    for version in (2, 3, 4, 5):
        for name in ("int", "float", "string"):
            p.rebuild_v1(
                at["datatype_v%d_%s" % (version, name)],
                lambda k, fl, b, v=version: bytes([b[0] & 15 | v << 4]) + b[1:] if k == 3 else b,
            )
    p.rebuild_v1(at["compound_v2"], lambda k, fl, b: members(b, 2) if k == 3 else b)
    p.rebuild_v1(at["compound_v3"], lambda k, fl, b: members(b, 3) if k == 3 else b)
    p.rebuild_v1(at["enum_v2"], lambda k, fl, b: bytes([0x28]) + b[1:] if k == 3 else b)
    p.rebuild_v1(at["enum_v3"], lambda k, fl, b: enum_3(b) if k == 3 else b)
    p.rebuild_v1(at["dataspace_v2"], lambda k, fl, b: bytes([2, 2, 1, 1]) + b[8:] if k == 1 else b)
    p.rebuild_v1(at["pipeline_v2"], lambda k, fl, b: pipeline_2() if k == 0x0B else b)
    p.rebuild_v1(at["attributes"], lambda k, fl, b: attribute_3(b) if k == 0x0C else b)
    p.rebuild_v1(at["always_fail_flag_off"], lambda k, fl, b: (0x55, 0x08, b) if k == 4 else b)
    p.save()


def undefined_fill():
    dcpl = properties()
    call("H5Pset_fill_value", dcpl.id, h5py.h5t.STD_I32LE.id, None)
    return dcpl


def older_layout(body, version, shape):
    kind = body[1]
    if kind == 2:
        rank = body[2]
        return struct.pack("<BBB5x", version, rank, 2) + body[3 : 11 + 4 * rank]
    size = struct.unpack_from("<H", body, 2)[0]
    return struct.pack("<BBB5x%dII" % len(shape), version, len(shape), 0, *shape, size) + body[4 : 4 + size]


def members(body, version):
    """A version 1 compound of scalar members in version 2 or 3."""
    count, size = struct.unpack_from("<H", body, 1)[0], struct.unpack_from("<I", body, 4)[0]
    out, at = bytes([version << 4 | 6]) + body[1:8], 8
    for _ in range(count):
        end = body.index(b"\0", at)
        name, padded = body[at : end + 1], body[at : at + (end - at + 8) // 8 * 8]
        at += len(padded)
        offset = body[at : at + 4]
        at += 32  # version 2 has neither dimensionality nor permutation nor the four dimensions
        length = {0: 12, 1: 20}[body[at] & 15]
        out += (padded + offset if version == 2 else name + offset[:1]) + body[at : at + length]
        at += length
    assert size < 256
    return out


def enum_3(body):
    """An enumeration of 2-byte integers with version 3: names without padding."""
    count = struct.unpack_from("<H", body, 1)[0]
    out, at = bytes([0x38]) + body[1:8] + body[8:20], 20
    for _ in range(count):
        end = body.index(b"\0", at)
        out += body[at : end + 1]
        at += (end - at + 8) // 8 * 8
    return out + body[at : at + 2 * count]


def pipeline_2():
    return bytes([2, 2]) + struct.pack("<HHHI", 2, 1, 1, 4) + struct.pack("<HHHI", 1, 1, 1, 6)


def attribute_3(body):
    """Version 1, everything padded to 8, as version 3, nothing padded."""
    name, datatype, space = struct.unpack_from("<HHH", body, 2)
    pad = lambda n: -(-n // 8) * 8
    at = 8
    parts = []
    for n in (name, datatype, space):
        parts.append(body[at : at + n])
        at += pad(n)
    return struct.pack("<BBHHHB", 3, 0, name, datatype, space, 0) + b"".join(parts) + body[at:]


def stale_cache(path):
    """Scratch pads of symbol table entries that contradict the object headers."""
    with create(path, "earliest") as f:
        put(f, "first/a", small("<i4", (3,)))
        put(f, "second/b", small("<i4", (4,)))
        put(f, "second/third/c", small("<i4", (5,)))
    at = addresses(path)
    p = Patch(path)
    pads = {}
    for name in ("first", "second"):
        where = p.data.find(struct.pack("<QII", at[name], 1, 0))
        assert where >= 0
        pads[name] = where + 16
    one, two = pads["first"], pads["second"]
    p.data[one : one + 16], p.data[two : two + 16] = p.data[two : two + 16], p.data[one : one + 16]
    where = p.data.find(struct.pack("<QII", at["second/third"], 1, 0))
    p.data[where + 8 : where + 12] = bytes(4)  # nothing cached
    p.save()


def heap_ids(path):
    """Variable-length elements of odd forms: all-ones addresses, zero length with an address, holes in the heap."""
    with create(path, "earliest") as f:
        raw, kept = pointers(["first", "second", "third", "fourth"])
        put_raw(f, "strings", variable(), (4,), raw)
        d = f.create_dataset("rewritten", (6,), h5py.string_dtype(), track_times=False)
        d[...] = ["a" * 30, "b" * 10, "c" * 50, "d" * 7, "e" * 90, "f"]
        d[1] = "B" * 40
        d[2] = ""
        d[4] = "short"
        ints, kept2 = sequences([struct.pack("<3i", 1, 2, 3), struct.pack("<2i", 4, 5), struct.pack("<i", 6)], 4)
        put_raw(f, "sequences", vlen(h5py.h5t.STD_I32LE), (3,), ints)
        where = {n: f[n].id.get_offset() for n in ("strings", "sequences")}
    p = Patch(path)
    at = where["strings"] + 16
    p.data[at : at + 16] = struct.pack("<IQI", 0, 0, 0)
    at = where["sequences"] + 16
    p.data[at : at + 16] = struct.pack("<IQI", 0, 0, 0)
    p.save()


def heap_ids_ones(path):
    """Null elements written with an address of all ones."""
    heap_ids(path)


def ones(path):
    p = Patch(path)
    with h5py.File(path, "r") as f:
        where = [f[n].id.get_offset() for n in ("strings", "sequences")]
    for at in where:
        p.data[at + 16 : at + 32] = struct.pack("<IQI", 0, 0xFFFFFFFFFFFFFFFF, 0)
    p.save()


def wide_layout(path):
    with create(path, "v110", high="v110") as f:
        for name, limits in (
            ("fixed_array", None),
            ("extensible_array", (None, 7)),
            ("btree_v2", (None, None)),
            ("single", None),
        ):
            put(
                f,
                name,
                small("<i4", (9, 7)),
                limits,
                chunks=(9, 7) if name == "single" else (4, 3),
                filters=["deflate"],
            )


def widen(path):
    """Dimensions of 8 bytes each, as JLD2 and PureHDF write them; libhdf5 2.0 refuses what is not minimal."""
    at = addresses(path)
    p = Patch(path)

    def change(kind, flags, body):
        if kind != 8:
            return body
        rank, width = body[3], body[4]
        dims = [int.from_bytes(body[5 + i * width : 5 + (i + 1) * width], "little") for i in range(rank)]
        return body[:4] + b"\x08" + struct.pack("<%dQ" % rank, *dims) + body[5 + rank * width :]

    for address in at.values():
        p.rebuild_v2(address, change)
    p.save()


def wrong_element_size(path):
    """The last number of a version 4 layout is not the size of the datatype."""
    at = addresses(path)
    p = Patch(path)

    def change(kind, flags, body):
        return body if kind != 8 else body[: 5 + (body[3] - 1) * body[4]] + b"\x01" + body[5 + body[3] * body[4] :]

    for address in at.values():
        p.rebuild_v2(address, change)
    p.save()


def plain_v110(path):
    with create(path, "v110") as f:
        put(f, "data", small("<i4", (4,)))
        put(f, "chunked", small("<i4", (9,)), chunks=(4,), filters=["deflate"])


def open_for_writing(path):
    """Status flags of a superblock version 3 that say a writer has the file open."""
    p = Patch(path)
    p.data[11] = 1
    struct.pack_into("<I", p.data, 44, __import__("patching").lookup3(p.data[:44]))
    p.save()


def plain_earliest(path):
    with create(path, "earliest") as f:
        put(f, "int", small("<i4", (4,)))
        put(f, "float", small(">f4", (4,)))


def datatype_0(path):
    at = addresses(path)
    p = Patch(path)
    for address in at.values():
        where, _ = p.message(address, 3)
        p.data[where] &= 15
    p.save()


def fletcher32(data):
    """libhdf5's checksum: big-endian 16-bit words, an odd last byte high."""
    words = list(struct.unpack(">%dH" % (len(data) // 2), data[: len(data) // 2 * 2])) + (
        [data[-1] << 8] if len(data) % 2 else []
    )
    a = b = 0
    for w in words:
        a = (a + w) % 65535
        b = (b + a) % 65535
    return b << 16 | a


def chunks(path):
    """Stored chunks that are unusual or damaged, written directly."""
    data = small("<i4", (6,)).tobytes()
    with create(path, "earliest", small_trees) as f:

        def one(name, stored, filters, mask=0, dtype="<i4", shape=(6,)):
            make(f, name, dtype, shape, chunks=shape, filters=filters).id.write_direct_chunk((0,), stored, mask)

        total = fletcher32(data)
        swapped = struct.pack(">HH", total & 0xFFFF, total >> 16)
        one("fletcher32/right", data + struct.pack("<I", total), ["fletcher32"])
        one(
            "fletcher32/swapped_halves",
            data + struct.pack("<I", (total & 0x00FF00FF) << 8 | total >> 8 & 0x00FF00FF),
            ["fletcher32"],
        )
        one("fletcher32/wrong", data + struct.pack("<I", total ^ 1), ["fletcher32"])
        one("fletcher32/wrong_but_skipped", data, ["fletcher32"], 1)
        one("undefined/checksum_too_short", b"abc", ["fletcher32"])
        one("deflate/trailing_garbage", zlib.compress(data) + b"garbage", ["deflate"])
        one("deflate/truncated", zlib.compress(data, 0)[:-9], ["deflate"])
        one("deflate/without_adler", zlib.compress(data, 0)[:-4], ["deflate"])
        one("deflate/wrong_adler", zlib.compress(data)[:-1] + b"\x5a", ["deflate"])
        one("deflate/not_zlib", b"not a zlib stream", ["deflate"])
        one("undefined/deflate_gives_less", zlib.compress(data[:-4]), ["deflate"])
        one("deflate/gives_more", zlib.compress(data + data), ["deflate"])
        one("deflate/stored_larger", zlib.compress(np.random.default_rng(1).bytes(24), 0), ["deflate"])
        one("undefined/short_chunk", data[:-4], ["shuffle"], 1)
        one("beside", zlib.compress(data), ["deflate"])


def required_unknown(path):
    """A filter that libhdf5 does not have, marked mandatory; an unknown message that must not be ignored."""
    with create(path, "earliest", small_trees) as f:
        d = make(f, "mandatory_filter", "<i4", (6,), chunks=(6,), filters=[(40000, (1, 2), True)])
        d.id.write_direct_chunk((0,), small("<i4", (6,)).tobytes(), 0)
        put(f, "must_understand", small("<i4", (4,)), fill=np.int32(3))
        put(f, "beside", small("<i4", (4,)))
    at = addresses(path)
    p = Patch(path)
    where, _ = p.message(at["mandatory_filter"], 0x0B)
    body_flags = p.data.index(struct.pack("<H", 40000), where) + 4
    struct.pack_into("<H", p.data, body_flags, 0)
    p.rebuild_v1(at["must_understand"], lambda k, fl, b: (0x55, 0x80, b) if k == 4 else b)
    p.save()


class LinkClass(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("id", ctypes.c_int), ("comment", ctypes.c_char_p)] + [
        (n, ctypes.c_void_p) for n in ("create", "move", "copy", "trav", "delete", "query")
    ]


REFUSE = ctypes.CFUNCTYPE(hid, ctypes.c_char_p, hid, ctypes.c_void_p, ctypes.c_size_t, hid, hid)(lambda *_: -1)


def user_links(path, bound):
    link_class = LinkClass(1, 187, b"ours", None, None, None, ctypes.cast(REFUSE, ctypes.c_void_p), None, None)
    call("H5Lregister", ctypes.byref(link_class))
    with create(path, bound) as f:
        put(f, "beside", small("<i4", (3,)))
        call("H5Lcreate_ud", f.id.id, b"user_defined", 187, b"some data", 9, 0, 0)
        call("H5Lcreate_ud", f.id.id, b"user_defined_empty", 187, None, 0, 0, 0)


def fixtures():
    return {
        "old_forms": old_forms,
        "stale_cache": stale_cache,
        "heap_ids": heap_ids,
        "heap_ids_all_ones": heap_ids_ones,
        "layout_v4_wide": wide_layout,
        "layout_v4_element_size": wide_layout,
        "open_for_writing": plain_v110,
        "datatype_version_0": plain_earliest,
        "odd_chunks": chunks,
        "required_unknown": required_unknown,
        "user_links": lambda p: user_links(p, "v110"),
    }


AFTER = {
    "heap_ids_all_ones": ones,
    "layout_v4_wide": widen,
    "layout_v4_element_size": wrong_element_size,
    "open_for_writing": open_for_writing,
    "datatype_version_0": datatype_0,
}
