# SPDX-License-Identifier: Apache-2.0
"""Files with a damage that mutants.py met, and what libhdf5 makes of it: it refuses what stands beside something sound,
or reads it all the same."""

import struct

import h5py
import numpy as np

from foreign import addresses
from hdf5c import call, create
from linked import selected, virtual
from patching import Patch, lookup3
from writing import put, small


def shared_bits(path):
    """A float whose mantissa begins in its exponent, and one whose sign stands in its mantissa."""
    with create(path, "earliest") as f:
        put(f, "exponent_and_mantissa", small("<f4", (4,)))
        put(f, "sign_and_mantissa", small(">f8", (4,)))
        put(f, "beside", small("<f4", (4,)))
    at = addresses(path)
    p = Patch(path)
    body, _ = p.message(at["exponent_and_mantissa"], 3)
    p.data[body + 12] = 20  # the exponent's first bit
    body, _ = p.message(at["sign_and_mantissa"], 3)
    p.data[body + 2] = 51  # the sign's
    p.save()


def float_version(path):
    """Floats of version 1 that have the bit of the VAX order, which libhdf5 looks at from version 3 on."""
    with create(path, "earliest") as f:
        put(f, "big_endian", small(">f8", (4,)))
        put(f, "little_endian", small("<f4", (4,)))
    p = Patch(path)
    for address in addresses(path).values():
        body, _ = p.message(address, 3)
        assert p.data[body] == 0x11
        p.data[body + 1] |= 0x40
    p.save()


def cache_type(path):
    """An old-style group in which the type of a soft link's entry does not exist."""
    with create(path, "earliest") as f:
        put(f, "beside", small("<i4", (3,)))
        group = f.create_group("group")
        group["soft"] = h5py.SoftLink("/beside")
        put(group, "hard", small("<i4", (3,)))
    p = Patch(path)
    # Name, undefined header, cache type 2.
    at = p.data.index(b"\xff" * 8 + struct.pack("<II", 2, 0))
    struct.pack_into("<I", p.data, at + 8, 3)
    p.save()


def selection_flags(path):
    """A virtual dataset whose mapping has a selection with a flag that does not exist."""
    with create(path, "v200") as f:
        put(f, "source", small("<i4", (4, 6)))
        layout = h5py.VirtualLayout((8, 6), "<i4")
        layout[::2] = h5py.VirtualSource(".", "source", (4, 6))
        f.create_virtual_dataset("mapped", layout)
    p = Patch(path)
    at = p.data.index(struct.pack("<IIB", 2, 3, 1))
    p.data[at + 8] = 5
    # The global heap object has the checksum at its end: object head of 16 bytes, size in the last 8 of them.
    heap = p.data.index(b"GCOL")
    size = struct.unpack_from("<Q", p.data, heap + 16 + 8)[0]
    start = heap + 32
    assert start < at < start + size
    struct.pack_into("<I", p.data, start + size - 4, lookup3(bytes(p.data[start : start + size - 4])))
    p.save()


def shared_heap(path):
    """Two heaps of shared messages, of which that of the filter pipelines is damaged."""

    def fcpl(p):
        call("H5Pset_shared_mesg_nindexes", p.id, 2)
        call("H5Pset_shared_mesg_index", p.id, 0, 0x2 | 0x8, 1)  # dataspaces and datatypes
        call("H5Pset_shared_mesg_index", p.id, 1, 0x800, 1)

    with create(path, "v110", fcpl) as f:
        for i in range(3):
            put(f, "plain_%d" % i, small("<i4", (3,), i))
            put(f, "filtered_%d" % i, small("<i4", (3,), 10 * i), chunks=(2,), filters=["deflate"])
    p = Patch(path)
    table = p.data.index(b"SMTB")
    heap = struct.unpack_from("<Q", p.data, table + 4 + 30 + 22)[0]
    assert p.data[heap : heap + 4] == b"FRHP"
    p.data[heap] = 0
    p.save()


def virtual_ranks(path):
    """Virtual datasets that lost their dimensions: libhdf5 reads none whose mapping has more elements."""
    with create(path, "earliest") as f:
        put(f, "one", small("<i4", (1,), 5))
        put(f, "matrix", small("<i4", (6, 5), 10))
        mapped = {
            "of_one": ((1,), selected((1,)), "one"),
            "of_matrix": ((6, 5), selected((6, 5)), "matrix"),
            "of_nothing": ((6, 5), selected((6, 5)), "nothing"),
            "rows_of_matrix": ((6, 5), selected((6, 5), (0, 0), (6, 5)), "matrix"),
        }
        for name, (shape, space, source) in mapped.items():
            virtual(f, name, shape, [(space, ".", source, space)], fill=np.int32(-1))
    at = addresses(path)
    p = Patch(path)
    for name in mapped:
        body, _ = p.message(at[name], 1)
        assert p.data[body] == 1
        p.data[body + 1 : body + 3] = b"\0\0"
    p.save()


def stated_sizes(path):
    """Contiguous data whose stated size is less or more than the elements take: libhdf5 counts the elements."""
    sizes = {"nothing": 0, "a_part": 39, "too_much": 1 << 40}
    with create(path, "earliest") as f:
        for name in sizes:
            put(f, name, small("<i4", (10,)))
    p = Patch(path)
    for name, address in addresses(path).items():
        body, _ = p.message(address, 8)
        assert struct.unpack_from("<BBxxxxxxxxQ", p.data, body) == (3, 1, 40)
        struct.pack_into("<Q", p.data, body + 10, sizes[name])
    p.save()


def fixtures():
    return {
        "damaged_float_fields": shared_bits,
        "damaged_float_version": float_version,
        "damaged_cache_type": cache_type,
        "damaged_selection_flags": selection_flags,
        "damaged_stated_sizes": stated_sizes,
        "damaged_shared_heap": shared_heap,
        "damaged_virtual_ranks": virtual_ranks,
    }
