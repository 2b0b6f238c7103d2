# SPDX-License-Identifier: Apache-2.0
"""Structures inside the file: fractal heaps, shared messages, superblock extension, file space, metadata cache image."""

import ctypes

import h5py
import numpy as np

from basics import compound, pointers, variable
from containers import sample
from hdf5c import call, create, group
from writing import attribute_raw, make, pattern, put, put_raw, small

ALL_SHARED = 0x2 | 0x8 | 0x20 | 0x800 | 0x1000  # dataspace, datatype, fill value, pipeline, attribute


def filtered_links(g):
    call("H5Pset_deflate", g.id, 6)
    call("H5Pset_link_phase_change", g.id, 0, 0)


def dense(g):
    call("H5Pset_link_phase_change", g.id, 0, 0)


def soft_links(g, count, length):
    for i in range(count):
        g["link_%03d" % i] = h5py.SoftLink("/target" + "/." * (length // 2) + "/x%d" % i if i else "/target")


def fractal_heaps(path):
    with create(path, "v110") as f:
        put(f, "target", small("<i4", (3,)))
        soft_links(group(f, "one_block", dense), 3, 10)
        soft_links(group(f, "several_blocks", dense), 40, 60)
        soft_links(group(f, "huge", dense), 4, 4200)
        soft_links(group(f, "one_huge", dense), 2, 4300)
        soft_links(group(f, "filtered_one_block", filtered_links), 3, 10)
        soft_links(group(f, "filtered_several_blocks", filtered_links), 40, 60)
        soft_links(group(f, "filtered_huge", filtered_links), 4, 4200)
        g = group(f, "with_removals", dense)
        soft_links(g, 60, 40)
        for i in range(1, 55):
            del g["link_%03d" % i]
        g = group(f, "attributes_after_removals", lambda p: p.set_attr_phase_change(0, 0))
        for i in range(40):
            g.attrs["a%02d" % i] = np.full(20, i)
        for i in range(3, 37):
            del g.attrs["a%02d" % i]
        g = group(f, "huge_attributes", lambda p: p.set_attr_phase_change(0, 0))
        for i in range(3):
            g.attrs.create("h%d" % i, pattern("<i2", (2200 + i,), i))


def narrow_heaps(path):
    """With 2-byte addresses links are small enough to be tiny objects, and huge ones fit into their heap IDs."""

    def fcpl(p):
        p.set_sizes(2, 4)

    with create(path, "v110", fcpl) as f:
        put(f, "target", small("<i4", (3,)))
        g = group(f, "tiny", dense)
        for c in b"zyxwabc":
            g.id.links.create_hard(bytes([c]), f.id, b"target")
        g["longer"] = h5py.SoftLink("/target")
        soft_links(group(f, "huge_direct", dense), 3, 4200)


def shared(path, bound, indexes, list_max, btree_min):
    """indexes: message type flags of each index; minimal size 1 shares everything."""

    def fcpl(p):
        call("H5Pset_shared_mesg_nindexes", p.id, len(indexes))
        for i, flags in enumerate(indexes):
            call("H5Pset_shared_mesg_index", p.id, i, flags, 1)
        call("H5Pset_shared_mesg_phase_change", p.id, list_max, btree_min)

    with create(path, bound, fcpl) as f:
        t = compound(12, ("a", 0, ">i4"), ("b", 4, "<f8"))
        for i in range(7):
            put_raw(f, "compound_%02d" % i, t, (2,), bytes(range(i, i + 24)))
            put(
                f,
                "chunked_%02d" % i,
                small("<i2", (5, 4 + i % 3), i),
                chunks=(2, 3),
                filters=["shuffle", "deflate"],
                fill=np.int16(i % 4),
            )
            make(f, "filled_%02d" % i, "<f4", (3,), fill=np.float32(i % 3))
        g = group(f, "group")
        for i in range(14):
            g.attrs["name_%d" % i] = np.arange(i % 5 + 1)
            f["compound_%02d" % (i % 7)].attrs["common"] = "the same text everywhere"
        attribute_raw(g, "compound", t, (2,), bytes(range(24)))
        raw, kept = pointers(["one", None, "three"])
        put_raw(f, "strings", variable(), (3,), raw)


def spaces(strategy, persist, page=None):
    def fcpl(p):
        p.set_file_space_strategy(strategy, persist, 1)
        if page:
            p.set_file_space_page_size(page)

    return fcpl


def with_free_space(path, bound, fcpl):
    with create(path, bound, fcpl) as f:
        sample(f)
        for i in range(8):
            put(f, "gone_%d" % i, small("<i4", (50 + 30 * i,)))
        for i in range(0, 8, 2):
            del f["gone_%d" % i]


class ImageConfig(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("generate", ctypes.c_bool),
        ("resize", ctypes.c_bool),
        ("ageout", ctypes.c_int),
    ]


def cache_image(path):
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    config = ImageConfig(1, True, False, -1)
    call("H5Pset_mdc_image_config", fapl.id, ctypes.byref(config))
    with create(path, "v110", fapl=fapl) as f:  # few and plain objects: libhdf5 2.0 cannot read its own larger images
        put(f, "contiguous", small("<i4", (6, 5)))
        put(f, "chunked", pattern(">i2", (9, 7)), chunks=(4, 3), filters=["shuffle", "deflate"])
        put(f, "group/nested/data", small("u1", (3,)))
        f["link"] = h5py.SoftLink("/group/nested/data")
        f["group"].attrs["units"] = "metres"


def extended(path, bound):
    """A superblock extension with B-tree K values, as superblock version 2 needs them."""

    def fcpl(p):
        call("H5Pset_istore_k", p.id, 3)
        call("H5Pset_sym_k", p.id, 5, 3)

    with create(path, bound, fcpl) as f:
        sample(f)
        put(f, "many_chunks", small("<i2", (30, 6)), chunks=(2, 2))


def fixtures():
    fs = h5py.h5f
    out = {
        "fractal_heaps": fractal_heaps,
        "fractal_heaps_narrow": narrow_heaps,
        "metadata_cache_image": cache_image,
        "extension_v18": lambda p: extended(p, "v18"),
    }
    for bound in ("earliest", "v110"):
        out["shared_list_" + bound] = lambda p, b=bound: shared(p, b, [ALL_SHARED], 400, 0)
        out["shared_btree_" + bound] = lambda p, b=bound: shared(p, b, [ALL_SHARED], 0, 0)
    out["shared_two_indexes_v110"] = lambda p: shared(p, "v110", [0x1000, 0x2 | 0x8], 5, 3)
    for word, strategy, persist, page in (
        ("paged", fs.FSPACE_STRATEGY_PAGE, False, 4096),
        ("paged_persist", fs.FSPACE_STRATEGY_PAGE, True, 512),
        ("aggregate_persist", fs.FSPACE_STRATEGY_FSM_AGGR, True, None),
        ("none", fs.FSPACE_STRATEGY_NONE, False, None),
    ):
        out["file_space_" + word] = lambda p, s=strategy, k=persist, g=page: with_free_space(p, "v110", spaces(s, k, g))
    return out
