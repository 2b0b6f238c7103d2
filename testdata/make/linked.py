# SPDX-License-Identifier: Apache-2.0
"""Files that name other files: virtual datasets, external raw data, external links, family and split files."""

import ctypes
import os
import re

import h5py
import numpy as np

from hdf5c import call, create, group
from writing import make, pattern, properties, put, small, space_of


def sources(path):
    """What the virtual datasets of the other files look into."""
    with create(path, "v110") as f:
        put(f, "a", small("<i4", (6, 5)))
        put(f, "b", small("<i4", (6, 5), 100), chunks=(4, 3), filters=["deflate"])
        put(f, "c_be_i2", small(">i2", (6, 5), 200))
        put(f, "d_f8", small("<f8", (6, 5), 300) / 4)
        put(f, "small", small("<i4", (2, 5), 400))
        put(f, "growing", small("<i4", (7, 5), 500), (None, 5), chunks=(2, 5))
        put(f, "100%", small("<i4", (6, 5), 650))
        put(f, "line", small("<i4", (30,), 600))
        make(f, "unwritten", "<i4", (6, 5), fill=np.int32(-6))
        for i in range(4):
            if i != 2:
                put(f, "block_%d" % i, small("<i4", (3, 5), 1000 * (i + 1)))


def selected(shape, start=None, count=None, stride=None, block=None, maxshape=None):
    space = space_of(shape, maxshape)
    if start is not None:
        space.select_hyperslab(start, count, stride, block)
    return space


def nowhere(shape):
    space = space_of(shape)
    space.select_none()
    return space


def virtual(f, name, shape, mappings, dtype="<i4", maxshape=None, fill=None, gap=None):
    dcpl = properties(fill=fill) if fill is not None else properties()
    dcpl.set_layout(h5py.h5d.VIRTUAL)
    for target, file_name, dataset, source in mappings:
        dcpl.set_virtual(target, file_name.encode(), dataset.encode(), source)
    dapl = h5py.h5p.create(h5py.h5p.DATASET_ACCESS)
    lcpl = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    t = dtype if isinstance(dtype, h5py.h5t.TypeID) else h5py.h5t.py_create(np.dtype(dtype))
    words = name.split("/")
    if len(words) > 1 and words[0] not in f:
        group(f, words[0])
    space = space_of(shape, maxshape)
    h5py.h5d.create(f.id, name.encode(), t, space, dcpl, lcpl)


U = h5py.h5s.UNLIMITED
SRC = "virtual_sources.h5"


def virtuals(path, bound="v110", other=SRC):
    with create(path, bound) as f:
        put(f, "here", small("<i4", (6, 5), 700), chunks=(3, 5), filters=["deflate"])
        whole = lambda: selected((6, 5))
        rows = lambda start: selected((12, 5), (start, 0), (6, 5))
        virtual(f, "stacked", (12, 5), [(rows(0), other, "a", whole()), (rows(6), other, "b", whole())])
        virtual(f, "same_file", (6, 5), [(whole(), ".", "here", whole())])
        virtual(f, "with_gap", (12, 5), [(rows(6), other, "a", whole())], fill=np.int32(-1))
        virtual(
            f,
            "missing_file",
            (12, 5),
            [(rows(0), "no_such_file.h5", "a", whole()), (rows(6), other, "a", whole())],
            fill=np.int32(-2),
        )
        virtual(f, "missing_dataset", (12, 5), [(rows(0), other, "nothing", whole()), (rows(6), other, "a", whole())])
        virtual(
            f, "missing_group", (12, 5), [(rows(0), other, "nothing/here", whole()), (rows(6), other, "a", whole())]
        )
        virtual(f, "unwritten_source", (6, 5), [(whole(), other, "unwritten", whole())], fill=np.int32(-3))
        virtual(f, "converted_int", (6, 5), [(whole(), other, "c_be_i2", whole())])
        virtual(f, "converted_float", (6, 5), [(whole(), other, "d_f8", whole())], dtype=">f4")
        virtual(f, "int_as_float", (6, 5), [(whole(), other, "a", whole())], dtype="<f8")
        virtual(f, "part", (3, 2), [(selected((3, 2)), other, "a", selected((6, 5), (1, 1), (3, 2)))])
        virtual(
            f,
            "strided",
            (6, 5),
            [
                (selected((6, 5), (0, 0), (3, 5), (2, 1)), other, "a", selected((6, 5), (0, 0), (3, 5))),
                (selected((6, 5), (1, 0), (3, 5), (2, 1)), other, "b", selected((6, 5), (3, 0), (3, 5))),
            ],
        )
        virtual(f, "reshaped", (5, 6), [(selected((5, 6)), other, "line", selected((30,)))])
        virtual(
            f,
            "nested",
            (12, 5),
            [(rows(0), ".", "stacked", selected((12, 5), (3, 0), (6, 5))), (rows(6), ".", "same_file", whole())],
        )
        union = selected((6, 5), (0, 0), (2, 5))
        union.select_hyperslab((4, 0), (2, 5), op=h5py.h5s.SELECT_OR)
        virtual(f, "irregular", (4, 5), [(selected((4, 5)), other, "a", union)])
        virtual(f, "no_mappings", (3, 5), [], fill=np.int32(9))
        virtual(f, "source_too_small", (6, 5), [(whole(), other, "small", whole())], fill=np.int32(-4))
        grow_target = selected((0, 5), (0, 0), (U, 5), maxshape=(None, 5))
        virtual(
            f,
            "unlimited",
            (0, 5),
            [(grow_target, other, "growing", selected((0, 5), (0, 0), (U, 5), maxshape=(None, 5)))],
            maxshape=(None, 5),
        )
        even = lambda first: selected((0, 5), (first, 0), (U, 1), (2, 1), (1, 5), maxshape=(None, 5))
        virtual(
            f,
            "unlimited_interleaved",
            (0, 5),
            [
                (even(0), other, "growing", selected((0, 5), (0, 0), (U, 5), maxshape=(None, 5))),
                (even(1), ".", "here", selected((6, 5), (0, 0), (6, 5))),
            ][:1],
            maxshape=(None, 5),
            fill=np.int32(-5),
        )
        blocks = selected((0, 5), (0, 0), (U, 1), (3, 1), (3, 5), maxshape=(None, 5))
        virtual(
            f, "printf", (0, 5), [(blocks, other, "block_%b", selected((3, 5)))], maxshape=(None, 5), fill=np.int32(-7)
        )
        virtual(f, "percent", (6, 5), [(whole(), other, "100%%", whole())], fill=np.int32(-8))
        text = h5py.h5t.py_create(np.dtype("S4"))
        put(f, "text_source", np.array([b"ab", b"cdef", b""], "S4"))
        virtual(f, "text", (3,), [(selected((3,)), ".", "text_source", selected((3,)))], dtype=text)
        virtual(
            f,
            "scaled_many",
            (40, 5),
            [
                (selected((40, 5), (i * 5, 0), (3, 5)), other, "a", selected((6, 5), (i % 4, 0), (3, 5)))
                for i in range(8)
            ],
            fill=np.int32(0),
        )


def virtual_scalars(path):
    """Virtual datasets without dimensions, mappings of nothing, and sources without dimensions."""
    with create(path, "earliest") as f:
        put(f, "scalar", small("<i4", (), 7))
        put(f, "line", small("<i4", (4,), 20))
        put(f, "matrix", small("<i4", (2, 3), 30))
        scalar = lambda: selected(())
        virtual(f, "of_scalar", (), [(scalar(), ".", "scalar", scalar())])
        virtual(f, "of_line", (), [(scalar(), ".", "line", selected((4,), (2,), (1,)))])
        virtual(f, "of_matrix", (), [(scalar(), ".", "matrix", selected((2, 3), (1, 1), (1, 1)))])
        virtual(f, "of_two", (), [(scalar(), ".", "of_line", scalar()), (scalar(), ".", "scalar", scalar())])
        virtual(f, "of_nothing", (), [(scalar(), ".", "nothing", scalar())], fill=np.int32(-1))
        virtual(f, "none_of_scalar", (), [(nowhere(()), ".", "scalar", nowhere(()))], fill=np.int32(-2))
        virtual(f, "none_of_matrix", (2, 3), [(nowhere((2, 3)), ".", "matrix", nowhere((2, 3)))], fill=np.int32(-3))
        virtual(f, "line_of_scalar", (4,), [(selected((4,), (2,), (1,)), ".", "scalar", scalar())], fill=np.int32(-4))
        virtual(f, "converted", (), [(scalar(), ".", "scalar", scalar())], dtype=">f8")


def external_raw(path, bound):
    for name, content in (
        ("external_raw_1.bin", small("<i4", (30,)).tobytes()),
        ("external_raw_2.bin", small("<i4", (20,), 500).tobytes()),
        ("external_raw_short.bin", small("<i4", (3,), 900).tobytes()),
    ):
        open(name, "wb").write(content)
    with create(path, bound) as f:
        make(f, "whole", "<i4", (6, 5), external=[(b"external_raw_1.bin", 0, 120)])
        make(f, "at_offset", "<i4", (4, 5), external=[(b"external_raw_1.bin", 40, 80)])
        make(f, "two_files", "<i4", (10, 5), external=[(b"external_raw_1.bin", 0, 120), (b"external_raw_2.bin", 0, 80)])
        make(
            f,
            "pieces",
            "<i4",
            (8,),
            external=[(b"external_raw_2.bin", 8, 12), (b"external_raw_1.bin", 100, 8), (b"external_raw_2.bin", 0, 12)],
        )
        make(f, "to_the_end", "<i4", (5,), (None,), external=[(b"external_raw_2.bin", 20, h5py.h5s.UNLIMITED)])
        make(f, "short_file", "<i4", (8,), external=[(b"external_raw_short.bin", 0, 32)])
        make(f, "big_endian", ">i4", (5,), external=[(b"external_raw_1.bin", 0, 20)])
        make(f, "missing_file", "<i4", (4,), external=[(b"external_raw_none.bin", 0, 16)])
        put(f, "beside", small("<i4", (3,)))


def external_links(path, bound):
    with create(path, bound) as f:
        put(f, "own", small("<i4", (3,)))
        f["to_dataset"] = h5py.ExternalLink(SRC, "/a")
        f["to_root"] = h5py.ExternalLink(SRC, "/")
        f["to_missing_object"] = h5py.ExternalLink(SRC, "/nothing")
        f["to_missing_file"] = h5py.ExternalLink("no_such_file.h5", "/a")
        f["outside"] = h5py.ExternalLink("../outside.h5", "/a")
        f["absolute"] = h5py.ExternalLink("/tmp/absolute.h5", "/a")
        f["through"] = h5py.SoftLink("/to_root/b")
        g = group(f, "group")
        g["back"] = h5py.ExternalLink(os.path.basename(path), "/own")
        g["unicode"] = h5py.ExternalLink("größe.h5", "/ä")


def family_access():
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    fapl.set_fapl_family(4096, h5py.h5p.create(h5py.h5p.FILE_ACCESS))
    return fapl


def split_access():
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    plain = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    fapl.set_fapl_split(b"-m.h5", plain, b"-r.h5", plain)
    return fapl


def multi_access():
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    call("H5Pset_fapl_multi", fapl.id, None, None, None, None, False)
    return fapl


class OnionInfo(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_uint8),
        ("backing", ctypes.c_int64),
        ("page", ctypes.c_uint32),
        ("target", ctypes.c_int),
        ("revision", ctypes.c_uint64),
        ("force", ctypes.c_uint8),
        ("flags", ctypes.c_uint8),
        ("comment", ctypes.c_char * 256),
    ]


BACKING = h5py.h5p.create(h5py.h5p.FILE_ACCESS)  # libhdf5 keeps its id only
ONION_LATEST = 0xFFFFFFFFFFFFFFFF


def onion_access(revision=ONION_LATEST, comment=b""):
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    info = OnionInfo(1, BACKING.id, 512, 0, revision, 0, 0, comment)
    call("H5Pset_fapl_onion", fapl.id, ctypes.byref(info))
    return fapl


OPENED_AS = {
    "family_00000": ("family_%05d.h5", family_access),
    "family_new_00000": ("family_new_%05d.h5", family_access),
    "split-m": ("split", split_access),
    "multi-s": ("multi", multi_access),
    **{"onion@%d" % i: ("onion.h5", lambda i=i: onion_access(i)) for i in (1, 2)},
}


def onion(path):
    """Revision 0 is the file itself, later ones are pages in onion.h5.onion."""
    for old in ("onion.h5", "onion.h5.onion"):
        if os.path.exists(old):
            os.remove(old)
    with create(path, "earliest") as f:
        put(f, "kept", small("<i4", (300,)))
        put(f, "changed", small("<i4", (300,)))
        f.attrs["revision"] = 0
    for number in (1, 2):
        fid = h5py.h5f.open(b"onion.h5", h5py.h5f.ACC_RDWR, onion_access(comment=b"revision %d" % number))
        with h5py.File(fid) as f:
            f["changed"][10 * number : 20 * number] = -number
            put(f, "added_%d" % number, small("<i2", (20,), number))
            f.attrs["revision"] = number


def nothing(path):
    """Written together with the fixture that the part before the @ names."""


def several_files(name, bound):
    """The fixture's own file is the one to open first; the others lie beside it."""

    def write(_):
        word, access = OPENED_AS[name]
        pieces = re.compile(word.replace("%05d", "[0-9]{5}") if "%" in word else word + "-[a-z].h5")
        for old in filter(pieces.fullmatch, os.listdir(".")):
            os.remove(old)
        with create(word, bound, fapl=access()) as f:
            put(f, "contiguous", pattern("<i4", (1100,)))
            put(f, "chunked", pattern(">i2", (20, 15)), chunks=(11, 7), filters=["deflate"])
            put(f, "small/data", small("<i4", (4,)))
            f.attrs["name"] = "in pieces"

    return write


def fixtures():
    return {
        "virtual_sources": sources,
        "virtual_v110": virtuals,
        "virtual_v200": lambda p: virtuals(p, "v200"),
        "virtual_earliest": lambda p: virtuals(p, "earliest"),
        "virtual_scalars": virtual_scalars,
        "external_raw_earliest": lambda p: external_raw(p, "earliest"),
        "external_raw_v110": lambda p: external_raw(p, "v110"),
        "external_links_earliest": lambda p: external_links(p, "earliest"),
        "external_links_v110": lambda p: external_links(p, "v110"),
        "family_00000": several_files("family_00000", "earliest"),
        "split-m": several_files("split-m", "earliest"),
        "family_new_00000": several_files("family_new_00000", "v110"),
        "multi-s": several_files("multi-s", "earliest"),
        "onion": onion,
        "onion@1": nothing,
        "onion@2": nothing,
    }
