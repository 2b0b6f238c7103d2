# SPDX-License-Identifier: Apache-2.0
"""Writes small files about names that are not UTF-8, members that no path leads to, and attributes and references that are
damaged one at a time: what h5coro-core's StoredNamesTest, DamagedAttributesTest and DamagedReferencesTest read. What each
should give is what is written here; libhdf5 is asked for the same, where it has an answer."""

import os
import pathlib
import struct

import h5py
import numpy as np
from h5py import h5a, h5d, h5g, h5l, h5p, h5s, h5t

from patching import Patch, lookup3

RESOURCES = pathlib.Path(__file__).parent.parent.parent / "h5coro-core/src/test/resources/names"
BOTH = (b"a\xb0", "a°".encode())


def number(parent, name, value):
    """A dataset of three times the same number."""
    dataset = h5d.create(parent, name, h5t.STD_I32LE, h5s.create_simple((3,)))
    dataset.write(h5s.ALL, h5s.ALL, np.full(3, value, "i4"))
    return dataset


def attribute(owner, name, value):
    h5a.create(owner, name, h5t.STD_I32LE, h5s.create(h5s.SCALAR)).write(np.array(value, "i4"))


def group(parent, name, track=False):
    properties = h5p.create(h5p.GROUP_CREATE)
    if track:
        properties.set_link_creation_order(h5p.CRT_ORDER_TRACKED | h5p.CRT_ORDER_INDEXED)
    return h5g.create(parent, name, gcpl=properties)


def stored(bound):
    """Names in ISO 8859-1: alone, beside their UTF-8 form, beside what that is escaped to; many; in types; in paths."""
    with h5py.File(RESOURCES / f"stored_{bound}.h5", "w", libver=bound) as o:
        root = o.id
        few = group(root, b"few")
        for i, name in enumerate((b"a\xb0", b"a\xb5")):
            dataset = number(few, name, i + 1)
            for j, attr in enumerate((b"u\xb0", b"u\xb5")):
                attribute(dataset, attr, 10 * (i + 1) + j)
        both = group(root, b"both", track=bound == "latest")
        for i, name in enumerate(BOTH):
            dataset = number(both, name, i + 1)
            for j, attr in enumerate(BOTH):
                attribute(dataset, attr, 10 * (i + 1) + j)
        literal = group(root, b"literal")
        for i, name in enumerate((*BOTH, b"a\\xb0")):
            number(literal, name, i + 1)
        many = group(root, b"many")
        for i in range(40):
            number(many, b"a%d\xb0" % i, i)
        owner = number(root, b"many_attributes", 0)
        for i in range(40):
            attribute(owner, b"v%d\xb0" % i, i)
        for i, name in enumerate(BOTH):
            attribute(owner, name, 100 + i)
        deep = group(group(root, "é".encode()), b"b\xb0")
        number(deep, b"c", 7)
        for name, target in ((b"to_latin1", BOTH[0]), (b"to_utf8", BOTH[1]), (b"to_none", "a§".encode())):
            root.links.create_soft(name, b"both/" + target)
        root.links.create_soft(b"to_mixed", "/é".encode() + b"/b\xb0/c")
        number(both, b"a\xa7", 9)
        root.links.create_external(b"other", b"other_%s.h5" % bound.encode(), b"both/" + BOTH[0])
        compound = h5t.create(h5t.COMPOUND, 16)
        for i, name in enumerate((b"T\xb0", b"T\xb5", "T°".encode())):
            compound.insert(name, 4 * i, h5t.STD_I32LE)
        enum = h5t.enum_create(h5t.STD_U8LE)
        for i, name in enumerate((b"E\xb0", b"E\xb5")):
            enum.enum_insert(name, 200 + i)
        compound.insert(b"enum", 12, enum)
        dataset = h5d.create(root, b"compound", compound, h5s.create_simple((2,)))
        dataset.write(
            h5s.ALL,
            h5s.ALL,
            np.array(
                [(1, 2, 3, 200), (4, 5, 6, 201)],
                np.dtype({"names": "abcd", "formats": ["i4", "i4", "i4", "u1"], "offsets": [0, 4, 8, 12], "itemsize": 16}),
            ),
            compound,
        )
    with h5py.File(RESOURCES / f"other_{bound}.h5", "w", libver=bound) as o:
        both = group(o.id, b"both")
        for i, name in enumerate(BOTH):
            number(both, name, 50 + i)
    with h5py.File(RESOURCES / f"stored_{bound}.h5") as o:
        read = lambda path: h5d.open(o.id, path).id and np.asarray(h5py.Dataset(h5d.open(o.id, path))).tolist()
        assert read(b"/both/a\xb0") == [1] * 3 and read(b"/to_latin1") == [1] * 3 and read(b"/to_utf8") == [2] * 3
        assert read(b"/to_mixed") == [7] * 3 and read(b"/other") == [50] * 3 and read(b"/many/a17\xb0") == [17] * 3
        try:
            read(b"/to_none")
            raise AssertionError("libhdf5 compares bytes")
        except KeyError:
            pass


def virtual():
    """A virtual dataset whose sources are the two names that look alike."""
    with h5py.File(RESOURCES / "virtual.h5", "w", libver="latest") as o:
        for i, name in enumerate(BOTH):
            number(o.id, name, i + 1)
        properties = h5p.create(h5p.DATASET_CREATE)
        for i, name in enumerate(BOTH):
            space = h5s.create_simple((6,))
            space.select_hyperslab((3 * i,), (3,))
            properties.set_virtual(space, b".", name, h5s.create_simple((3,)))
        h5d.create(o.id, b"v", h5t.STD_I32LE, h5s.create_simple((6,)), properties)
    with h5py.File(RESOURCES / "virtual.h5") as o:
        assert o["v"][:].tolist() == [1] * 3 + [2] * 3


def checksummed(patch, at):
    """(start, end) of the header chunk that holds a byte; the checksum stands at the end."""
    for start, _, _, end in patch.headers_v2():
        if start < at < end and patch.checksum_is_right(start, end):
            return start, end
    raise AssertionError("no header")


def set_byte(patch, at, value):
    """Changes a byte of a version 2 header or a direct block of a heap, and the checksum over it."""
    block = patch.data.rfind(b"FHDB", 0, at)
    if block >= 0 and block > patch.data.rfind(b"OHDR", 0, at):
        size = next(s for s in (512, 1024, 2048, 4096) if direct(patch, block, s) == stored_checksum(patch, block))
        patch.data[at] = value
        struct.pack_into("<I", patch.data, block + 18, direct(patch, block, size))
        return
    start, end = checksummed(patch, at)
    patch.data[at] = value
    struct.pack_into("<I", patch.data, end, lookup3(patch.data[start:end]))


def stored_checksum(patch, block):
    return struct.unpack_from("<I", patch.data, block + 18)[0]


def direct(patch, block, size):
    content = bytearray(patch.data[block : block + size])
    content[18:22] = bytes(4)
    return lookup3(content)


def slashes():
    """A member named a/b beside a group a that has a b, and one named c/d/e alone; libhdf5 lists them and opens neither."""
    for bound, name in (("earliest", "slash_earliest.h5"), ("latest", "slash_latest.h5")):
        path = RESOURCES / name
        with h5py.File(path, "w", libver=bound) as o:
            number(group(o.id, b"a"), b"b", 1)
            number(o.id, b"a_b", 2)
            number(o.id, b"c_d_e", 3)
            number(o.id, b"x", 4)
        patch = Patch(path)
        for name, replaced in ((b"a_b", b"a/b"), (b"c_d_e", b"c/d/e")):
            at = patch.data.index(name)
            for i, byte in enumerate(replaced):
                if bound == "earliest":
                    patch.data[at + i] = byte
                else:
                    set_byte(patch, at + i, byte)
        patch.save()
        with h5py.File(path) as o:
            assert list(o) == ["a", "a/b", "c/d/e", "x"] and o["a/b"][0] == 1
            assert "c/d/e" not in o


def bad_attributes():
    """One of several attributes has a datatype of an unknown class, a version of its own, or a shared type nowhere."""
    with h5py.File(RESOURCES / "bad_v1.h5", "w", libver="earliest") as o:
        three(o, 0)
    with h5py.File(RESOURCES / "bad_v2.h5", "w", libver="latest") as o:
        three(o, 0)
    with h5py.File(RESOURCES / "bad_dense.h5", "w", libver="latest") as o:
        three(o, 12)
    for name in ("bad_v1", "bad_v2", "bad_dense"):
        patch = Patch(RESOURCES / f"{name}.h5")
        at = patch.data.index(b"bad\0")
        kind = at + (8 if name == "bad_v1" else 4)
        value = patch.data[kind] & 0xF0 | 0x0C
        if name == "bad_v1":
            patch.data[kind] = value
        else:
            set_byte(patch, kind, value)
        patch.save()
    # The same with a version of the attribute message that nobody knows: not even the name can be read.
    with h5py.File(RESOURCES / "bad_version.h5", "w", libver="latest") as o:
        three(o, 0)
    patch = Patch(RESOURCES / "bad_version.h5")
    set_byte(patch, patch.data.index(b"bad\0") - 9, 9)
    patch.save()
    with h5py.File(RESOURCES / "bad_shared.h5", "w", libver="latest") as o:
        o["type"] = np.dtype("i2")
        o.create_dataset("x", data=np.arange(4, dtype="i4")).attrs["good"] = 1.5
        space = h5s.create(h5s.SCALAR)
        h5a.create(o["x"].id, b"bad", o["type"].id, space).write(np.array(7, "i2"))
        o["x"].attrs["units"] = 2.5
    patch = Patch(RESOURCES / "bad_shared.h5")
    at = patch.data.index(b"bad\0") + 4
    assert patch.data[at] == 2 and patch.data[at + 1] == 2
    set_byte(patch, at + 4, 0x7F)
    patch.save()
    for name in ("bad_v1", "bad_v2", "bad_dense", "bad_version", "bad_shared"):
        with h5py.File(RESOURCES / f"{name}.h5") as o:
            assert o["x"][:].tolist() == [0, 1, 2, 3], name
    with h5py.File(RESOURCES / "bad_string.h5", "w", libver="earliest") as o:
        x = o.create_dataset("x", data=np.arange(4, dtype="i4"))
        x.attrs["good"] = 1.5
        x.attrs["bad"] = "a text of variable length"
        x.attrs["units"] = 2.5
    patch = Patch(RESOURCES / "bad_string.h5")
    heap = struct.pack("<I", 25) + struct.pack("<Q", patch.data.index(b"GCOL"))
    struct.pack_into("<Q", patch.data, patch.data.index(heap) + 4, 0x7FFF0000)
    patch.save()


def three(o, more):
    x = o.create_dataset("x", data=np.arange(4, dtype="i4"))
    x.attrs["good"] = 1.5
    x.attrs["units"] = 2.5
    x.attrs["bad"] = np.array([7], "i2")
    for i in range(more):
        x.attrs["more%d" % i] = i


def bad_references():
    """The second of three region references is garbage: no collection there, no such object, an address beyond 2^63, no
    selection; in an array and in a compound."""
    path = RESOURCES / "references.h5"
    with h5py.File(path, "w", libver="earliest") as o:
        x = o.create_dataset("x", data=np.arange(10, dtype="i4"))
        rows = np.zeros(3, [("id", "i4"), ("r", h5py.regionref_dtype)])
        plain = np.zeros(3, h5py.regionref_dtype)
        for i in range(3):
            rows[i] = (i + 1, x.regionref[i : i + 2])
            plain[i] = x.regionref[i : i + 2]
        o["rows"] = rows
        o["plain"] = plain
        places = [o["plain"].id.get_offset() + 12, o["rows"].id.get_offset() + 16 + 4]
    intact = open(path, "rb").read()
    os.remove(path)
    collection, index = struct.unpack_from("<QI", intact, places[1])
    for name, address, number_ in (
        ("no_collection", 0x7FFF0000, index),
        ("no_object", collection, 77),
        ("wide_address", 0xF7FFFFFFFFFFFFFF, index),
    ):
        changed = bytearray(intact)
        for place in places:
            struct.pack_into("<QI", changed, place, address, number_)
        open(RESOURCES / f"references_{name}.h5", "wb").write(changed)
    # The object of the second reference of each: an address, then a selection of blocks whose type becomes 9.
    changed = bytearray(intact)
    for place in places:
        collection, index = struct.unpack_from("<QI", intact, place)
        at = collection + 16
        while struct.unpack_from("<H", intact, at)[0] != index:
            at += 16 + (struct.unpack_from("<Q", intact, at + 8)[0] + 7) // 8 * 8
        assert struct.unpack_from("<I", intact, at + 24)[0] == 2
        struct.pack_into("<I", changed, at + 24, 9)
    open(RESOURCES / "references_no_selection.h5", "wb").write(changed)


def enums():
    """Numbers of unsigned enumerations above the signed range, wherever an element can stand. h5py takes no number of an
    enumeration above 2^63 - 1, so a mark takes its place until the file is written."""
    path = RESOURCES / "enums.h5"
    mark, highest = 0x0123456789ABCDEF, 18000000000000000000
    with h5py.File(path, "w", libver="earliest") as o:
        for code, top in (("u1", 200), ("u2", 60000), ("u4", 4000000000), ("u8", mark)):
            for order in "<>":
                dt = h5py.enum_dtype({"A": 1, "Z": top}, basetype=order + code)
                name = code + {"<": "le", ">": "be"}[order]
                last = highest + 1 if top == mark else top + 1
                values = np.array([1, top, 5, last], order + code)
                d = o.create_dataset(name, data=values, dtype=dt, fillvalue=top)
                d.attrs.create("attribute", values, dtype=dt)
                rows = values.view([("e", order + code)])
                o.create_dataset(name + "_compound", data=rows, dtype=np.dtype([("e", dt)]))
                small = h5t.array_create(h5t.py_create(dt, logical=True), (4,))
                array = h5d.create(o.id, (name + "_array").encode(), small, h5s.create_simple((1,)))
                array.write(h5s.ALL, h5s.ALL, values.reshape(1, 4), small)
                o.create_dataset(name + "_vlen", (1,), dtype=h5py.vlen_dtype(dt))[0] = values
        signed = h5py.enum_dtype({"A": 1, "N": -3}, basetype="i1")
        o.create_dataset("i1", data=np.array([1, -3, 5, -4], "i1"), dtype=signed)
    content = open(path, "rb").read()
    for order in "<>":
        content = content.replace(struct.pack(order + "Q", mark), struct.pack(order + "Q", highest))
    open(path, "wb").write(content)
    with h5py.File(path) as o:
        assert o["u8be"][:].tolist() == [1, highest, 5, highest + 1] and o["u1le"][:].tolist() == [1, 200, 5, 201]


if __name__ == "__main__":
    RESOURCES.mkdir(parents=True, exist_ok=True)
    for bound in ("earliest", "latest"):
        stored(bound)
    virtual()
    slashes()
    bad_attributes()
    bad_references()
    enums()
