# SPDX-License-Identifier: Apache-2.0
"""Writing objects with every creation property in the caller's hand, and patterns of values."""

import ctypes
import math

import h5py
import numpy as np

from hdf5c import call, group  # noqa: F401

UNLIMITED = h5py.h5s.UNLIMITED


def properties(
    chunks=None,
    filters=(),
    fill=None,
    alloc=None,
    fill_time=None,
    layout=None,
    edge_raw=False,
    attr_phase=None,
    attr_order=None,
    external=(),
):
    """A dataset creation property list. filters: names or (id, values[, optional])."""
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_obj_track_times(False)
    if layout is not None:
        dcpl.set_layout(layout)
    if chunks is not None:
        dcpl.set_chunk(tuple(chunks))
    if edge_raw:
        call("H5Pset_chunk_opts", dcpl.id, 2)
    for f in filters:
        add_filter(dcpl, f)
    if fill is not None:
        fill = np.asarray(fill)
        t = h5py.h5t.py_create(fill.dtype)
        call("H5Pset_fill_value", dcpl.id, t.id, fill.tobytes())
    if alloc is not None:
        dcpl.set_alloc_time(alloc)
    if fill_time is not None:
        dcpl.set_fill_time(fill_time)
    if attr_phase is not None:
        dcpl.set_attr_phase_change(*attr_phase)
    if attr_order is not None:
        dcpl.set_attr_creation_order(attr_order)
    for name, offset, size in external:
        dcpl.set_external(name, offset, size)
    return dcpl


def add_filter(dcpl, f):
    if f == "deflate":
        dcpl.set_deflate(6)
    elif f == "shuffle":
        dcpl.set_shuffle()
    elif f == "fletcher32":
        dcpl.set_fletcher32()
    elif f == "nbit":
        call("H5Pset_nbit", dcpl.id)
    elif f == "lzf":
        dcpl.set_filter(h5py.h5z.FILTER_LZF, h5py.h5z.FLAG_OPTIONAL)
    elif f[0] == "szip":
        dcpl.set_szip(*f[1:])
    elif f[0] == "scaleoffset":
        dcpl.set_scaleoffset(*f[1:])
    else:
        dcpl.set_filter(f[0], h5py.h5z.FLAG_OPTIONAL if len(f) > 2 and f[2] else h5py.h5z.FLAG_MANDATORY, tuple(f[1]))


def space_of(shape, maxshape=None):
    if shape is None:
        return h5py.h5s.create(h5py.h5s.NULL)
    if tuple(shape) == ():
        return h5py.h5s.create(h5py.h5s.SCALAR)
    limits = None if maxshape is None else tuple(UNLIMITED if m is None else m for m in maxshape)
    return h5py.h5s.create_simple(tuple(shape), limits)


def link_properties(parent, name):
    """Properties of the last link of a path; the groups before it are made here (libhdf5 would give them times)."""
    words = name.split("/")
    for i in range(1, len(words)):
        if "/".join(words[:i]) not in parent:
            group(parent, "/".join(words[:i]))
    lcpl = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    lcpl.set_char_encoding(h5py.h5t.CSET_ASCII if name.isascii() else h5py.h5t.CSET_UTF8)
    return lcpl


def make(parent, name, dtype, shape, maxshape=None, dcpl=None, **props):
    """A dataset without data. dtype: numpy dtype, h5py TypeID or a raw HDF5 id."""
    t = dtype if isinstance(dtype, h5py.h5t.TypeID) else h5py.h5t.py_create(np.dtype(dtype), logical=True)
    lcpl = link_properties(parent, name)
    did = h5py.h5d.create(parent.id, name.encode(), t, space_of(shape, maxshape), dcpl or properties(**props), lcpl)
    return h5py.Dataset(did)


def put(parent, name, data, maxshape=None, dtype=None, dcpl=None, **props):
    """A dataset with all of its data written."""
    data = np.asarray(data)
    dset = make(parent, name, dtype if dtype is not None else data.dtype, data.shape, maxshape, dcpl, **props)
    if data.size:
        dset[...] = data
    return dset


def put_raw(parent, name, held_type, shape, raw, chunks=None, filters=(), maxshape=None, dcpl=None, **props):
    """A dataset of any HDF5 datatype from memory bytes in that datatype (nothing is converted)."""
    type_id = getattr(held_type, "id", held_type)
    dcpl = dcpl or properties(chunks=chunks, filters=filters, **props)
    lcpl = link_properties(parent, name)
    space = space_of(shape, maxshape)  # held, or its id would be closed at once
    did = call("H5Dcreate2", parent.id.id, name.encode(), type_id, space.id, lcpl.id, dcpl.id, 0)
    if raw is not None:
        call("H5Dwrite", did, type_id, 0, 0, 0, held(raw))
    call("H5Dclose", did)


def attribute_raw(owner, name, held_type, shape, raw):
    type_id = getattr(held_type, "id", held_type)
    space = space_of(shape)
    aid = call("H5Acreate2", owner.id.id, name.encode(), type_id, space.id, 0, 0)
    if raw is not None:
        call("H5Awrite", aid, type_id, held(raw))
    call("H5Aclose", aid)


def held(raw):
    return raw if isinstance(raw, ctypes.Array) else ctypes.create_string_buffer(bytes(raw), len(raw))


def pattern(dtype, shape, salt=0):
    """Values that fill their type, differ from their neighbours and compress a little."""
    dtype = np.dtype(dtype)
    n = math.prod(shape)
    i = np.arange(n, dtype=np.int64) + salt
    if dtype.kind in "iu":
        wide = (i * 7919 + (i // 5) * 104729).astype(np.uint64) * np.uint64(0x10001)
        return wide.astype(dtype.newbyteorder("=")).astype(dtype).reshape(shape)
    values = (i % 1013) * 0.375 - 100 + np.where(i % 7 == 0, 1 / 3, 0)
    return values.astype(dtype).reshape(shape)


def small(dtype, shape, salt=0):
    """Values 1, 2, 3, ... of which any misplaced one is visible."""
    n = math.prod(shape)
    return (np.arange(n, dtype=np.int64) + 1 + salt).astype(dtype).reshape(shape)
