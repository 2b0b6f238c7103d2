#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The proofs of docs/libhdf5-differences.md: each makes a file and prints what was put in and what libhdf5 (of the h5py
that make/requirements.txt names), h5py or h5dump (of the path) says of it.

usage: libhdf5_faults.py [NAME...]"""

import os
import struct
import subprocess
import sys
import tempfile

import h5py
import numpy as np

from datatypes import integer, sequences, vlen
from foreign import addresses
from hdf5c import call, create, global_type, group
from patching import Patch
from writing import make, put, put_raw, small

PATH = "fault.h5"
PROOFS = {}


def proof(function):
    PROOFS[function.__name__] = function
    return function


def said(function):
    """What a call answers, or the last words of its error."""
    try:
        return function()
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


def reopened(name, read=lambda d: d[...].tolist()):
    with h5py.File(PATH) as f:
        return said(lambda: read(f[name]))


def h5dump(*arguments):
    run = subprocess.run(["h5dump", *arguments, PATH], capture_output=True, text=True)
    return run.stdout + run.stderr


def rows(text):
    return [line.strip() for line in text.splitlines() if line.strip().startswith("(")]


@proof
def big_endian_sequences():
    """h5py: a sequence of big-endian numbers comes in the wrong byte order."""
    memory, kept = sequences([struct.pack(">2i", 1, 2)], 4)
    with create(PATH) as f:
        put_raw(f, "d", vlen(h5py.h5t.STD_I32BE), (1,), memory)
    del kept
    return "1, 2", "h5py %s; h5dump %s" % (reopened("d", lambda d: [x.tolist() for x in d[...]]), rows(h5dump()))


@proof
def narrow_big_endian():
    """libhdf5: bits around a number of 9 bits in 2 bytes count when the bytes of the number are only swapped."""
    with create(PATH) as f:
        put_raw(f, "d", integer(2, 9, 0, False, True), (2,), b"\xc4\x62\x37\x9f")
    both = []
    for kind in ("<u2", "<u4"):
        values = np.zeros(2, kind)
        with h5py.File(PATH) as f:
            f["d"].id.read(h5py.h5s.ALL, h5py.h5s.ALL, values, mtype=h5py.h5t.py_create(np.dtype(kind)))
        both.append("into %s %s" % (kind, values.tolist()))
    return "0xc462 & 511, 0x379f & 511 = 98, 415", "; ".join(both)


@proof
def swapped_and_signed():
    """libhdf5: unsigned numbers that become signed ones of their size are bounded, but not where the byte order changes,
    too."""
    with create(PATH, "v110") as f:
        for name, dtype in (("big", ">u4"), ("little", "<u4")):
            put(f, name, np.array([1, 3171024896], dtype))
            layout = h5py.VirtualLayout((2,), "<i4")
            layout[:] = h5py.VirtualSource(".", name, (2,))
            f.create_virtual_dataset("of_" + name, layout)
    return "1, 3171024896 of both byte orders", "%s, %s" % (reopened("of_big"), reopened("of_little"))


@proof
def fp8_highest_exponent():
    """libhdf5 2.0: FP8 E4M3 has numbers where IEEE has infinities and NaN."""
    with create(PATH, "v200") as f:
        put_raw(f, "d", h5py.h5t.TypeID(call("H5Tcopy", global_type("H5T_FLOAT_F8E4M3"))), (3,), b"\x7d\x7e\x7f")
    values = np.zeros(3)
    with h5py.File(PATH) as f:
        f["d"].id.read(h5py.h5s.ALL, h5py.h5s.ALL, values, mtype=h5py.h5t.NATIVE_DOUBLE)
    return "0x7d, 0x7e, 0x7f = 416, 448, NaN", values.tolist()


@proof
def mask_of_a_chunk_written_again():
    """libhdf5: a chunk that is written directly over one of its size keeps the old filter mask."""
    with create(PATH) as f:
        d = make(f, "d", "<i4", (4,), chunks=(4,), filters=["shuffle"])
        d[...] = [1, 2, 3, 4]
        d.flush()
        d.id.write_direct_chunk((0,), small("<i4", (4,), 100).tobytes(), 1)
    return "101 to 104, mask 1", "%s, mask %s" % (reopened("d"), reopened("d", lambda d: d.id.get_chunk_info(0)[1]))


@proof
def resized_with_a_shared_dataspace():
    """libhdf5: a dataset that shares its dataspace message with another one and is resized cannot be opened again."""

    def fcpl(p):
        call("H5Pset_shared_mesg_nindexes", p.id, 1)
        call("H5Pset_shared_mesg_index", p.id, 0, 2, 1)
        call("H5Pset_shared_mesg_phase_change", p.id, 400, 0)

    with create(PATH, "earliest", fcpl) as f:
        for name in ("first", "second"):
            make(f, name, "<i4", (5, 4), (None, None), chunks=(2, 2))
        f["second"].resize((7, 9))
    return "first (5, 4), second (7, 9)", "%s, %s" % (
        reopened("first", lambda d: d.shape),
        reopened("second", lambda d: d.shape),
    )


@proof
def filtered_heap_with_shared_messages():
    """libhdf5: a group whose heap is filtered cannot be listed in a file with shared messages."""

    def fcpl(p):
        call("H5Pset_shared_mesg_nindexes", p.id, 1)
        call("H5Pset_shared_mesg_index", p.id, 0, 0x800, 1)

    def dense(p):
        call("H5Pset_deflate", p.id, 6)
        call("H5Pset_link_phase_change", p.id, 0, 0)

    with create(PATH, "v110", fcpl) as f:
        for name in ("one", "two"):
            group(f, name, dense)["link"] = h5py.SoftLink("/")
    return "['link'] in each", "%s, %s" % (reopened("one", list), reopened("two", list))


@proof
def grown_with_raw_edges():
    """libhdf5: a dataset of unfiltered edge chunks cannot grow before it was written."""
    with create(PATH, "v110") as f:
        d = make(f, "d", "<i4", (5, 5), (None, None), chunks=(4, 4), filters=["deflate"], edge_raw=True)
        return "(9, 9)", said(lambda: (d.id.set_extent((9, 9)), d.shape)[1])


@proof
def unlimited_with_narrow_lengths():
    """libhdf5: with lengths of 4 bytes an unlimited dimension is read as a large one."""
    with create(PATH, "earliest", lambda p: p.set_sizes(8, 4)) as f:
        make(f, "d", "<i4", (5,), (None,), chunks=(2,))
    return "(None,)", reopened("d", lambda d: d.maxshape)


@proof
def extensible_with_narrow_lengths():
    """libhdf5: with lengths of 4 bytes a dataset with one unlimited dimension, of the newest form, cannot be opened."""
    with create(PATH, "v114", lambda p: p.set_sizes(8, 4)) as f:
        make(f, "d", "<i4", (5,), (None,), chunks=(2,))
    return "a dataset", reopened("d")


@proof
def lengths_of_16_bytes():
    """libhdf5: with lengths of 16 bytes it cannot open what it wrote."""
    with create(PATH, "earliest", lambda p: p.set_sizes(8, 16)) as f:
        make(f, "d", "<i4", (5,))
    return "a dataset", reopened("d")


@proof
def address_of_nothing_behind_a_user_block():
    """h5dump 1.10: no address plus the length of the user block."""
    with create(PATH, "earliest", lambda p: p.set_userblock(512)) as f:
        make(f, "d", "<i4", (2,))
    text = [line.strip() for line in h5dump("-p", "-H").splitlines() if "OFFSET" in line]
    return "HADDR_UNDEF", text


@proof
def variable_length_fill():
    """libhdf5: a fill value of variable length of a chunk is read only where it may write, as it goes through the
    file's heap."""
    with create(PATH, "earliest") as f:
        f.create_dataset("d", (2,), h5py.string_dtype(), chunks=(1,), fillvalue="filled")[0] = "written"
    with h5py.File(PATH, "r+") as f:
        writable = said(lambda: f["d"].asstr()[...].tolist())
    return "written, filled", "%s; of a file that may be written: %s" % (reopened("d"), writable)


@proof
def stated_size_of_contiguous_data():
    """libhdf5: it reads by the number of elements, not by the stated size; a stride goes through a buffer of that size."""
    with create(PATH, "earliest") as f:
        put_raw(f, "d", h5py.h5t.STD_I32LE, (10,), np.arange(10, dtype="<i4").tobytes())
    p = Patch(PATH)
    body, _ = p.message(addresses(PATH)["d"], 8)
    struct.pack_into("<Q", p.data, body + 10, 4)
    p.save()
    whole, stride = reopened("d"), reopened("d", lambda d: d[1::3].tolist())
    return "0 to 9, of which 1, 4, 7", "%s, of which %s" % (whole, stride)


@proof
def refused_by_an_optional_filter():
    """libhdf5: a chunk that was allocated before it is written, with fill values that szip packs into as many bytes as the
    values have, keeps the mask of those when szip does not pack the values."""
    values = np.frombuffer(bytes.fromhex("3fd1a00e7311"), "i1")
    with create(PATH, "v110", high="v110") as f:
        chunks = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        chunks.set_chunk((6,))
        chunks.set_szip(h5py.h5z.SZIP_NN_OPTION_MASK, 4)
        chunks.set_alloc_time(h5py.h5d.ALLOC_TIME_LATE)
        space = h5py.h5s.create_simple((6,), (h5py.h5s.UNLIMITED,))
        d = h5py.h5d.create(f.id, b"d", h5py.h5t.STD_I8LE, space, chunks)
        d.write(h5py.h5s.ALL, h5py.h5s.ALL, values)
    mask = reopened("d", lambda d: d.id.get_chunk_info(0).filter_mask)
    return values.tolist(), "%s, with the mask %s" % (reopened("d"), mask)


@proof
def damaged_chunk_tree():
    """libhdf5: where a key of an inner node is damaged it misses chunks that its own listing has."""
    with create(PATH, "earliest", lambda p: call("H5Pset_istore_k", p.id, 2)) as f:
        put(f, "d", np.arange(1, 25, dtype="<i4"), chunks=(2,))
    p = Patch(PATH)
    inner = next(at for at in range(len(p.data)) if p.data[at : at + 6] == b"TREE\1\1")
    key = inner + 24 + 24 + 8  # the second of its keys: size, mask, offset of the element and of its byte; then a child
    was = struct.unpack_from("<Q", p.data, key + 8)[0]
    struct.pack_into("<Q", p.data, key + 8, was - 2)
    p.save()
    listed = reopened("d", lambda d: [d.id.get_chunk_info(i).chunk_offset[0] for i in range(d.id.get_num_chunks())])
    return "1 to 24", "%s; chunks of its listing begin at %s" % (reopened("d"), listed)


@proof
def single_chunk_that_is_too_small():
    """libhdf5: a single chunk is the only one, whatever the extent."""
    with create(PATH, "v110", high="v110") as f:
        put(f, "d", np.arange(1, 5, dtype="<i4"), chunks=(4,))
    p = Patch(PATH)
    halved = lambda kind, flags, body: body if kind != 8 else body[:5] + b"\2" + body[6:]
    p.rebuild_v2(addresses(PATH)["d"], halved)
    p.save()
    return "1, 2, and two elements that no chunk has", reopened("d")


@proof
def lost_filters():
    """libhdf5: takes the stored bytes of chunks for their elements when the filters are gone that their index is for."""
    limits = {"fixed": (4,), "extensible": (None,), "tree": (None, None)}
    values = np.arange(1, 5, dtype="<i4")
    with create(PATH, "v110", high="v110") as f:
        for name, limit in limits.items():
            shape = (1,) * (len(limit) - 1) + (4,)
            put(f, name, values.reshape(shape), limit, chunks=shape[:-1] + (2,), filters=["deflate"])
    p = Patch(PATH)
    for address in addresses(PATH).values():
        p.rebuild_v2(address, lambda kind, flags, body: body if kind != 11 else (0, 0, bytes(len(body))))
    p.save()
    return "1, 2, 3, 4 in deflated chunks, thrice", "; ".join("%s: %s" % (name, reopened(name)) for name in limits)


@proof
def block_that_ends_before_it_begins():
    """libhdf5: takes a block of a damaged region reference for one of a negative length, and counts it."""
    with create(PATH, "earliest") as f:
        put(f, "d", np.arange(1200, dtype="<i4").reshape(40, 30))
        space = f["d"].id.get_space()
        space.select_hyperslab((0, 0), (2, 10))
        space.select_hyperslab((39, 27), (1, 1), op=h5py.h5s.SELECT_OR)
        refs = h5py.h5d.create(f.id, b"refs", h5py.h5t.STD_REF_DSETREG, h5py.h5s.create_simple((1,)))
        refs.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([h5py.h5r.create(f.id, b"d", h5py.h5r.DATASET_REGION, space)]))
    p = Patch(PATH)
    block = p.data.index(struct.pack("<4I", 39, 27, 39, 27))
    struct.pack_into("<I", p.data, block + 4, 37)
    p.save()
    with h5py.File(PATH) as f:
        space = said(lambda: h5py.h5r.get_region(f["refs"][0], f.id))
        elements = said(lambda: f["d"][f["refs"][0]].size)
        return "20 elements and row 39, columns 37 to 27", "%d elements; %s read" % (space.get_select_npoints(), elements)


@proof
def characters_that_are_numbers():
    """libhdf5: converts the characters of text of variable length where the base types of source and dataset differ."""
    with create(PATH, "v110", high="v110") as f:
        f.create_dataset("text", data=["Straße"], dtype=h5py.string_dtype())
        layout = h5py.VirtualLayout((1,), h5py.string_dtype())
        layout[:] = h5py.VirtualSource(".", "text", (1,), h5py.string_dtype())
        f.create_virtual_dataset("d", layout)
    p = Patch(PATH)

    def signed(kind, flags, body):
        return body if kind != 3 else body[:9] + bytes([body[9] | 8]) + body[10:]

    p.rebuild_v2(addresses(PATH)["text"], signed)
    p.save()
    return "Straße in characters with a sign", "%s; %s of the source" % tuple(
        reopened(name, lambda d: d.asstr()[0]) for name in ("d", "text")
    )


def main():
    names = sys.argv[1:] or list(PROOFS)
    print(
        "h5py %s, libhdf5 %s; %s"
        % (
            h5py.version.version,
            h5py.version.hdf5_version,
            subprocess.run(["h5dump", "--version"], capture_output=True, text=True).stdout.strip(),
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in names:
            given, answer = PROOFS[name]()
            print("%s\n    given: %s\n    said:  %s" % (name, given, answer))


if __name__ == "__main__":
    main()
