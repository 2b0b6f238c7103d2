# SPDX-License-Identifier: Apache-2.0
"""What lies around the objects: superblocks, user blocks, widths, damaged ends, object header forms, old messages."""

import os
import struct

import h5py
import numpy as np

from basics import compound, pointers, variable
from hdf5c import call, create, group
from patching import Patch
from writing import make, pattern, properties, put, put_raw, small


def sample(f, unlimited=True):
    """A little of everything, for files of which the container is the point."""
    put(f, "contiguous", small("<i4", (6, 5)))
    put(f, "chunked", pattern(">i2", (9, 7)), chunks=(4, 3), filters=["shuffle", "deflate"])
    put(f, "unlimited", pattern("<f8", (20,)), (None,) if unlimited else (40,), chunks=(6,))
    put(f, "compact", small("<i2", (4,)), layout=h5py.h5d.COMPACT)
    make(f, "unwritten", "<i4", (3, 2), chunks=(2, 2), fill=np.int32(-1))
    raw, kept = pointers(["one", None, "", "four"])
    put_raw(f, "strings", variable(), (4,), raw)
    put(f, "group/nested/data", small("u1", (3,)))
    f["link"] = h5py.SoftLink("/group/nested/data")
    f["group"].attrs["units"] = "metres"
    f["contiguous"].attrs["scale"] = np.array([0.5, 2.0])
    f["references"] = np.array([f["chunked"].ref, f["group"].ref, h5py.Reference()], h5py.ref_dtype)


def simple(bound, fcpl=None, more=None, unlimited=True):
    def write(path):
        with create(path, bound, fcpl) as f:
            sample(f, unlimited)
            if more:
                more(f)

    return write


def superblock_1(p):
    call("H5Pset_istore_k", p.id, 16)
    call("H5Pset_sym_k", p.id, 3, 2)


def shifted(inner, before):
    """The whole file moved behind other bytes; its stored base address stays as it was."""

    def write(path):
        inner(path)
        raw = open(path, "rb").read()
        open(path, "wb").write(b"\xa5" * before + raw)

    return write


def cut(inner, keep):
    def write(path):
        inner(path)
        raw = open(path, "rb").read()
        open(path, "wb").write(raw[: keep(len(raw))])

    return write


def longer(inner):
    def write(path):
        inner(path)
        open(path, "ab").write(b"bytes after the end" * 7)

    return write


def many_links(f):
    g = group(f, "hundreds")
    for i in range(60):
        g.id.links.create_hard(b"n%03d" % i, f.id, b"contiguous")


def old_tail(f):
    """What only fits into old-width files: trees and heaps."""
    many_links(f)
    d = put(f, "many_chunks", small("<i2", (40, 6)), chunks=(2, 2), filters=["deflate"])
    for i in range(9):
        d.attrs["attribute_%d" % i] = "text %d" % i


def narrow_tail(f):
    """Lengths below 8 bytes: libhdf5 2.0 takes an unlimited dimension of its own files for a large one there and then
    cannot open an extensible array; with 2-byte lengths it also writes fractal heaps that it cannot read."""
    put(f, "fixed_array", small("<i2", (1100,)), chunks=(1,))
    put(f, "fixed_array_deflate", small("<i2", (30,)), chunks=(4,), filters=["deflate"])
    put(f, "single", small("<i2", (5,)), chunks=(5,), filters=["deflate"])
    put(f, "implicit", small("<i2", (5,)), chunks=(2,), alloc=h5py.h5d.ALLOC_TIME_EARLY)


def heaped_tail(f):
    narrow_tail(f)
    old_tail(f)
    g = group(f, "dense", lambda p: call("H5Pset_link_phase_change", p.id, 0, 0))
    g["soft"] = h5py.SoftLink("/contiguous")
    g.attrs["big"] = np.zeros(3)


def new_tail(f):
    heaped_tail(f)
    put(f, "extensible_array", small("<i2", (120,)), (None,), chunks=(1,), filters=["deflate"])
    put(f, "btree_v2", small("<i2", (12, 10)), (None, None), chunks=(1, 1), filters=["deflate"])


def sizes(offsets, lengths):
    def fcpl(p):
        p.set_sizes(offsets, lengths)
        if lengths == 2:
            call("H5Pset_link_phase_change", p.id, 50, 40)

    return fcpl


def headers(path, bound):
    """Object headers: continuations, phase change values, creation order, times, comment, reference count, modification time."""
    with create(path, bound) as f:
        d = put(f, "continued", small("<i4", (3,)))
        other = put(f, "between", small("<i4", (3,)))
        for i in range(7):
            d.attrs["first_%d" % i] = "a" * (20 + 30 * i)
            other.attrs["second_%d" % i] = "b" * (15 + 40 * i)
        for i in range(0, 7, 2):
            del d.attrs["first_%d" % i]
        d.attrs["late"] = np.arange(30)
        g = group(f, "phase_change", lambda p: (p.set_attr_phase_change(40, 30), p.set_attr_creation_order(3)))
        for i in range(25):
            g.attrs["%c%d" % ("qponm"[i % 5], i)] = np.int32(i)
        d = put(f, "order", small("<i4", (3,)), attr_order=3)
        for name in ("zz", "aa", "mm"):
            d.attrs[name] = name
        d = put(f, "order_tracked_only", small("<i4", (3,)), attr_order=1)
        d.attrs["b"], d.attrs["a"] = 1, 2
        call("H5Oset_comment", d.id.id, b"a comment on an object")
        f["twice"] = f["order"]
        big = group(f, "wide_first_chunk")
        for i in range(3):
            big.attrs["w%d" % i] = np.full(900, i, "<i8")
        times = properties()
        times.set_obj_track_times(True)
        made = put(f, "with_times", small("<i4", (3,)), dcpl=times)
        made.attrs["a"] = 1
        at = h5py.h5o.get_info(made.id).addr
    if bound == "earliest":
        Patch(path).set_time_v1(at)


def old_messages(path):
    """Version 1 headers whose messages are turned into forms that libhdf5 no longer writes."""
    with create(path, "earliest", lambda p: call("H5Pset_istore_k", p.id, 4)) as f:
        put(f, "layout1/contiguous_1d", small("<i4", (7,)))
        put(f, "layout1/contiguous_2d", small(">i2", (3, 4)))
        put(f, "layout1/chunked_1d", small("<i4", (11,)), chunks=(4,), filters=["deflate"])
        put(f, "layout1/compact", small("<i4", (10,)), layout=h5py.h5d.COMPACT)
        make(f, "layout1/unwritten", "<i4", (4,))
        put(f, "layout2/contiguous_1d", small("<f8", (7,)))
        put(f, "layout2/contiguous_2d", small("<i2", (3, 4)))
        put(f, "layout2/chunked_1d", small("<i4", (11,)), (None,), chunks=(4,))
        put(f, "layout2/compact", small("<i2", (10,)), layout=h5py.h5d.COMPACT)
        make(f, "old_fill/contiguous", "<i4", (4,), fill=np.int32(77))
        make(f, "old_fill/chunked", ">i2", (4,), chunks=(3,), fill=np.int16(-5))
        make(f, "both_fills/contiguous", "<i4", (4,), fill=np.int32(78))
        put(f, "no_fill/contiguous", small("<i4", (4,)))
        t = compound(20, ("a", 0, "<i4"), ("b", 4, "<i4"))
        put_raw(f, "dimensioned_member/compound", t, (2,), struct.pack("<10i", *range(1, 11)))
        put(f, "unknown_message/ignored", small("<i4", (4,)), fill=np.int32(3))
        put(f, "bogus_message/ignored", small("<i4", (4,)), fill=np.int32(3))
    p = Patch(path)
    with h5py.File(path, "r") as f:
        at = {}
        f.visititems(lambda n, o: at.__setitem__(n, h5py.h5o.get_info(o.id).addr))
    for version in (1, 2):
        for name in ("contiguous_1d", "contiguous_2d", "chunked_1d", "compact", "unwritten"):
            full = "layout%d/%s" % (version, name)
            if full in at:
                p.old_layout(at[full], version, {"contiguous_2d": (3, 4), "chunked_1d": (4,)}.get(name, (7,)))
    p.remove_message(at["old_fill/contiguous"], 0x05)
    p.remove_message(at["old_fill/chunked"], 0x05)
    p.remove_message(at["no_fill/contiguous"], 0x05)
    p.dimension_member(at["dimensioned_member/compound"], b"b", 4)
    p.retype_message(at["unknown_message/ignored"], 0x04, 0x42)
    p.retype_message(at["bogus_message/ignored"], 0x04, 0x09)
    p.save()


def fixtures():
    out = {
        "superblock_v0": simple("earliest"),
        "superblock_v1": simple("earliest", superblock_1, many_links),
        "superblock_v2": simple("v18"),
        "superblock_v3": simple("v110"),
    }
    for size, bound in ((512, "earliest"), (2048, "v18"), (4096, "v110")):
        out["userblock_%d_%s" % (size, bound)] = simple(bound, lambda p, s=size: p.set_userblock(s))
    out["shifted_base_earliest"] = shifted(simple("earliest"), 1024)
    out["shifted_base_v110"] = shifted(simple("v110"), 512)
    out["shifted_userblock_earliest"] = shifted(simple("earliest", lambda p: p.set_userblock(512)), 512)
    for o, l in ((2, 2), (4, 4), (4, 8), (8, 4)):
        out["widths_%d_%d_earliest" % (o, l)] = simple("earliest", sizes(o, l), old_tail)
        tail = narrow_tail if l == 2 else heaped_tail if l == 4 else new_tail
        out["widths_%d_%d_v110" % (o, l)] = simple("v110", sizes(o, l), tail, l == 8)
    out["truncated_earliest"] = cut(simple("earliest"), lambda n: n - 7)
    out["truncated_v110"] = cut(simple("v110"), lambda n: n // 2)
    out["longer_than_eof_earliest"] = longer(simple("earliest"))
    out["longer_than_eof_v110"] = longer(simple("v110"))
    for bound in ("earliest", "v18"):
        out["headers_" + bound] = lambda path, b=bound: headers(path, b)
    out["old_messages"] = old_messages
    return out
